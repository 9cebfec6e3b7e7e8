package dev.keyhole.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a door is to be started.
 *
 * @param home its home; everything of it lies there
 * @param keys whose logins are accepted
 * @param options further options of {@code up}
 * @param environment on top of this process's own
 * @param forgiving whether failed logins from this machine have no consequences. They do by default in the product; most
 *     tests fail to log in on purpose, from one address, and are about something else
 */
public record DoorSetup(
        Path home,
        int port,
        String principal,
        List<KeyFile> keys,
        List<String> options,
        Map<String, String> environment,
        boolean forgiving) {
    /** A new home, a free port, one key, and the shared environment so that the notebook starts quickly. */
    public static DoorSetup usual() {
        return setup(
                Map.of("PATH", TestVenv.shared().resolve("bin") + ":" + System.getenv("PATH")));
    }

    private static DoorSetup setup(Map<String, String> environment) {
        Path place = Places.fresh("door");
        KeyFile key = KeyFile.make(place, "ada");
        return new DoorSetup(
                place.resolve("home"),
                Ports.free(),
                "ada",
                List.of(key),
                List.of(),
                environment,
                true);
    }

    /** The same on a machine where nobody has installed Jupyter: PATH leads to the system's programs only. */
    public static DoorSetup bare() {
        return setup(Map.of())
                .withEnvironment(
                        "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    public DoorSetup withPort(int port) {
        return new DoorSetup(home, port, principal, keys, options, environment, forgiving);
    }

    public DoorSetup withHome(Path home) {
        return new DoorSetup(home, port, principal, keys, options, environment, forgiving);
    }

    public DoorSetup withKeys(KeyFile... keys) {
        return new DoorSetup(home, port, principal, List.of(keys), options, environment, forgiving);
    }

    /** One more key, of any type that ssh-keygen makes. */
    public DoorSetup withAlso(KeyFile key) {
        List<KeyFile> more = new ArrayList<>(keys);
        more.add(key);
        return new DoorSetup(
                home, port, principal, List.copyOf(more), options, environment, forgiving);
    }

    public DoorSetup withOptions(String... options) {
        return new DoorSetup(home, port, principal, keys, List.of(options), environment, forgiving);
    }

    public DoorSetup withEnvironment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new DoorSetup(home, port, principal, keys, options, Map.copyOf(more), forgiving);
    }

    /** Penalties and bans as in the product: failed logins from this machine count. */
    public DoorSetup withPenalties() {
        return new DoorSetup(home, port, principal, keys, options, environment, false);
    }

    /** The directory beside the home, for keys and notes of the test. */
    public Path place() {
        return java.util.Objects.requireNonNull(home.getParent());
    }

    /** The command line of {@code up}. */
    public List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(Places.command().toString(), "up", "--home", home.toString()));
        command.addAll(List.of("--listen", "127.0.0.1", "--port", "" + port, "--as", principal));
        for (KeyFile key : keys) {
            command.addAll(List.of("--key", key.publicFile().toString()));
        }
        if (forgiving) {
            command.addAll(List.of("--ban-exempt", "127.0.0.0/8"));
        }
        command.add("--json");
        command.addAll(options);
        return command;
    }
}
