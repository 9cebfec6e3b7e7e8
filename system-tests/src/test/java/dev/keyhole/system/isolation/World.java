package dev.keyhole.system.isolation;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Another machine on the network of this one: a network namespace with a web server, and the address of metadata. */
final class World implements AutoCloseable {
    static final String MACHINE = "198.18.7.1";
    static final String ADDRESS = "198.18.7.2";
    static final String METADATA = "169.254.169.254";
    private static final String LINK = "world0";
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Path place;
    private final Process server;

    private World(Path place, Process server) {
        this.place = place;
        this.server = server;
    }

    static World open() {
        Path place = Places.fresh("world");
        try {
            Process server =
                    new ProcessBuilder(
                                    "unshare",
                                    "--net",
                                    "sh",
                                    "-c",
                                    "until ip address show dev far 2>/dev/null | grep -q "
                                            + ADDRESS
                                            + "; do sleep 0.05; done; exec python3 -u -m http.server 8080")
                            .directory(place.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(place.resolve("log").toFile())
                            .start();
            World world = new World(place, server);
            try {
                world.connect();
                return world;
            } catch (RuntimeException | Error e) {
                world.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() {
        Awaitility.await("it has a network of its own")
                .until(() ->
                        !Files.readSymbolicLink(Path.of("/proc/" + server.pid() + "/ns/net"))
                                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net"))));
        run(
                "ip",
                "link",
                "add",
                LINK,
                "type",
                "veth",
                "peer",
                "name",
                "far",
                "netns",
                "" + server.pid());
        run("ip", "address", "add", MACHINE + "/30", "dev", LINK);
        run("ip", "link", "set", LINK, "up");
        run("ip", "route", "add", METADATA, "via", ADDRESS);
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "address", "add", METADATA + "/32", "dev", "lo");
        inside("ip", "link", "set", "far", "up");
        inside("ip", "address", "add", ADDRESS + "/30", "dev", "far");
        Awaitility.await("it answers")
                .atMost(SHORT)
                .until(() ->
                        Ran.of(SHORT, "curl", "-sf", "-m", "2", "http://" + ADDRESS + ":8080/")
                                        .exit()
                                == 0);
    }

    private void inside(String... words) {
        String[] all = new String[words.length + 4];
        System.arraycopy(new String[] {"nsenter", "-t", "" + server.pid(), "-n"}, 0, all, 0, 4);
        System.arraycopy(words, 0, all, 4, words.length);
        run(all);
    }

    private static void run(String... words) {
        Ran.of(SHORT, words).orFail();
    }

    /** Whom the server saw. */
    String log() {
        try {
            return Files.readString(place.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.destroyForcibly();
        Awaitility.await("it ends").until(() -> !server.isAlive());
        Ran.of(SHORT, "ip", "link", "delete", LINK);
        Places.remove(place);
    }
}
