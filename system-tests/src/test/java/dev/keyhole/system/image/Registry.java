package dev.keyhole.system.image;

import static org.awaitility.Awaitility.await;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry on a port of loopback, with a directory of its own; it speaks plain HTTP. */
final class Registry implements AutoCloseable {
    private final Path place = Places.fresh("registry");
    private final int port = Ports.free();
    private final Process process;

    Registry() {
        try {
            Path settings = place.resolve("config.yml");
            Files.writeString(
                    settings,
                    """
                    version: 0.1
                    log: {level: error}
                    storage:
                      filesystem: {rootdirectory: %s}
                      delete: {enabled: true}
                    http: {addr: 127.0.0.1:%d}
                    """
                            .formatted(place.resolve("data"), port));
            process =
                    new ProcessBuilder("docker-registry", "serve", settings.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(place.resolve("registry.log").toFile())
                            .start();
            await().atMost(Duration.ofSeconds(20)).until(this::answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code 127.0.0.1:PORT/NAME}. */
    String reference(String name) {
        return "127.0.0.1:" + port + "/" + name;
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
        Places.remove(place);
    }
}
