package dev.keyhole.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code keyhole open} against a door, with a stand-in for the browser that notes what it was asked to open. */
final class OpenedByKeyhole implements AutoCloseable {
    private final Process process;
    private final Path place;

    private OpenedByKeyhole(Process process, Path place) {
        this.process = process;
        this.place = place;
    }

    static OpenedByKeyhole start(Door door) throws IOException {
        Path place = Places.fresh("open");
        Path browser =
                Files.writeString(
                        place.resolve("browser"),
                        "#!/bin/sh\necho \"$1\" > " + place + "/opened\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Places.command().toString(),
                        "open",
                        "ada@127.0.0.1:" + door.port(),
                        "jupyter",
                        "--local",
                        "" + Ports.free(),
                        "--accept-host-key",
                        door.hostKey(),
                        "--json",
                        "-i",
                        door.setup().keys().getFirst().file().toString());
        builder.environment().put("KEYHOLE_BROWSER", browser.toString());
        builder.environment().put("XDG_STATE_HOME", place.resolve("state").toString());
        Process process =
                builder.redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(place.resolve("out").toFile())
                        .redirectError(place.resolve("err").toFile())
                        .start();
        return new OpenedByKeyhole(process, place);
    }

    /** The address in the ready line, once there is one. */
    URI address() {
        String line =
                Awaitility.await("keyhole open is ready")
                        .atMost(Duration.ofSeconds(90))
                        .until(
                                () -> read("out"),
                                text -> text.endsWith("\n") || !process.isAlive());
        assertThat(line).as(read("err")).startsWith("{");
        return URI.create(JsonParser.parseString(line).getAsJsonObject().get("url").getAsString());
    }

    String addressThatTheBrowserGot() {
        return Awaitility.await("the browser was started")
                .until(() -> read("opened").strip(), address -> !address.isEmpty());
    }

    private String read(String name) {
        try {
            Path file = place.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Places.remove(place);
    }
}
