package dev.keyhole.system.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a script of system-tests/src/test/interop with a client against a door; its last line is a verdict. */
final class Client {
    private Client() {}

    static JsonObject verdict(Door door, Path blob, String name) throws IOException {
        Path work = Files.createTempDirectory(door.setup().place(), "client");
        Path script = Places.checkout().resolve("system-tests/src/test/interop/" + name + ".sh");
        var builder =
                new ProcessBuilder(
                        "sh",
                        script.toString(),
                        "" + door.port(),
                        door.setup().keys().getFirst().file().toString(),
                        door.setup().principal(),
                        blob.toString(),
                        door.hostKey(),
                        Places.checkout().resolve("system-tests/src/test").toString());
        builder.directory(work.toFile());
        Ran ran = Ran.of(Duration.ofSeconds(120), builder).orFail();
        String last = ran.stdout().lines().reduce((a, b) -> b).orElse("{}");
        return JsonParser.parseString(new String(last.getBytes(UTF_8), UTF_8)).getAsJsonObject();
    }
}
