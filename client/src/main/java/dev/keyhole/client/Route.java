package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How {@code ssh} will reach the door: what was typed, completed by {@code ~/.ssh/config}, completed by our defaults.
 *
 * @param target what {@code ssh} is given as its destination
 * @param port the port to give to {@code ssh}; empty where its configuration names one
 * @param hostName the address behind it, for looking at its host key
 * @param effectivePort the port behind it
 * @param knownAs its name in known_hosts
 * @param knownHosts the files that {@code ssh} looks it up in
 */
public record Route(
        String target,
        OptionalInt port,
        String hostName,
        int effectivePort,
        String knownAs,
        List<Path> knownHosts) {
    static final String SHARED_LOGIN = "keyhole";
    static final int DOOR_PORT = 2222;
    private static final int SSH_PORT = 22;

    /** Asks {@code ssh -G}, which reads its configuration and connects to nothing. */
    static Route find(Destination destination) {
        List<String> command = new ArrayList<>(List.of("ssh", "-G"));
        destination.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
        destination.user().ifPresent(user -> command.addAll(List.of("-l", user)));
        command.addAll(List.of("--", destination.host()));
        Tool.Answer answer = Tool.run(command);
        if (answer.status() != 0) {
            throw new TunnelEnded(
                    ExitStatus.FAILED,
                    "ssh cannot read its configuration for " + destination.host() + ".",
                    "Run `ssh -G " + destination.host() + "` to see what it complains about.");
        }
        return complete(destination, answer.lines(), System.getProperty("user.name", ""));
    }

    static Route complete(Destination destination, List<String> configuration, String ownName) {
        String configuredUser = value(configuration, "user").orElse(ownName);
        String user = destination.user().orElse(configuredUser.equals(ownName) ? SHARED_LOGIN : "");
        int configured = value(configuration, "port").map(Integer::parseInt).orElse(SSH_PORT);
        OptionalInt port =
                destination.port().isPresent() || configured != SSH_PORT
                        ? destination.port()
                        : OptionalInt.of(DOOR_PORT);
        int effective = port.orElse(configured);
        String hostName = value(configuration, "hostname").orElse(destination.host());
        String known =
                value(configuration, "hostkeyalias")
                        .orElse(
                                effective == SSH_PORT
                                        ? hostName
                                        : "[" + hostName + "]:" + effective);
        List<Path> files = new ArrayList<>();
        for (String key : List.of("userknownhostsfile", "globalknownhostsfile")) {
            value(configuration, key).stream()
                    .flatMap(paths -> Arrays.stream(paths.split(" ")))
                    .filter(path -> !path.equals("none"))
                    .forEach(path -> files.add(Path.of(path)));
        }
        String target = user.isEmpty() ? destination.host() : user + "@" + destination.host();
        return new Route(target, port, hostName, effective, known, List.copyOf(files));
    }

    private static Optional<String> value(List<String> configuration, String key) {
        return configuration.stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst();
    }
}
