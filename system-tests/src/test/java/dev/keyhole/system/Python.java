package dev.keyhole.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs a hostile client, with the system's Python and its paramiko. The last line that it prints is its verdict. */
public final class Python {
    private static final Path SCRIPTS =
            Places.checkout().resolve("system-tests/src/test/python/hostile");

    private Python() {}

    /**
     * Runs a script against a door.
     *
     * @param words what the script is to do; it gets port, key file and login name before them
     */
    public static JsonObject attack(Door door, String script, String... words) {
        return attack(Duration.ofSeconds(120), door, script, words);
    }

    public static JsonObject attack(Duration patience, Door door, String script, String... words) {
        return run(patience, "/usr/bin/python3", door, script, words);
    }

    /** Runs a script that is told everything by its words. */
    public static JsonObject script(String script, String... words) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-B"));
        command.add(SCRIPTS.resolve(script).toString());
        command.addAll(List.of(words));
        return verdict(Ran.of(Soak.patience(), command));
    }

    /** The same from another address of loopback, for as long as a full run may take. */
    public static JsonObject attackFrom(String source, Door door, String script, String... words) {
        DoorSetup setup = door.setup();
        List<String> command =
                command(
                        "/usr/bin/python3",
                        door.port(),
                        setup.keys().getFirst(),
                        setup.principal(),
                        script,
                        words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ATTACK_FROM", source);
        return verdict(Ran.of(Soak.patience(), builder));
    }

    /** The same with newer libraries than the system's: post-quantum key exchanges need them. */
    public static JsonObject attackWithNewLibraries(Door door, String script, String... words) {
        String python = TestVenv.tools().resolve("bin/python3").toString();
        return run(Duration.ofSeconds(120), python, door, script, words);
    }

    /** The same against a door with several principals, as one of them. */
    public static JsonObject attack(
            ServedDoor door, String principal, String script, String... words) {
        return run(
                Duration.ofSeconds(120),
                "/usr/bin/python3",
                door.port(),
                door.key(principal),
                principal,
                script,
                words);
    }

    private static JsonObject run(
            Duration patience, String python, Door door, String script, String... words) {
        DoorSetup setup = door.setup();
        KeyFile key = setup.keys().getFirst();
        return run(patience, python, door.port(), key, setup.principal(), script, words);
    }

    private static JsonObject run(
            Duration patience,
            String python,
            int port,
            KeyFile key,
            String login,
            String script,
            String... words) {
        return verdict(Ran.of(patience, command(python, port, key, login, script, words)));
    }

    private static List<String> command(
            String python, int port, KeyFile key, String login, String script, String... words) {
        List<String> command = new ArrayList<>(Soak.elsewhere());
        command.addAll(List.of(python, "-B", SCRIPTS.resolve(script).toString(), "" + port));
        command.addAll(List.of(key.file().toString(), login));
        command.addAll(List.of(words));
        return command;
    }

    private static JsonObject verdict(Ran ran) {
        List<String> lines = ran.orFail().stdout().lines().toList();
        assertThat(lines).as(ran.toString()).isNotEmpty();
        return JsonParser.parseString(lines.getLast()).getAsJsonObject();
    }
}
