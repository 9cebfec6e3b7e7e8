package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true of the door's host key before a key of ours is offered. {@code ssh} enforces it. */
public sealed interface HostKeyRule {
    /** Nothing is known about this door: {@code ssh} shows the fingerprint and asks. */
    record Ask() implements HostKeyRule {}

    /** Only what known_hosts holds; where fingerprints are listed, the door is known by them. */
    record Known(List<String> fingerprints) implements HostKeyRule {}

    /** Only the key in this file, under {@link #PINNED_NAME}: the person gave its fingerprint. */
    record Pinned(Path file) implements HostKeyRule {}

    /** The name under which a pinned key stands in its file. */
    String PINNED_NAME = "keyhole-pinned";

    /** Decides before the first connection. */
    static HostKeyRule forFirst(Route route, OpenRequest request) {
        Optional<String> expected = request.acceptHostKey();
        if (expected.isPresent()) {
            return pin(route, expected.get());
        }
        List<String> known = knownFingerprints(route);
        return known.isEmpty() && !request.unattended() ? new Ask() : new Known(known);
    }

    /** After the first connection nothing unknown is accepted any more. */
    default HostKeyRule forReconnect(Route route) {
        return switch (this) {
            case Ask _ -> new Known(knownFingerprints(route));
            case Known known -> known;
            case Pinned pinned -> pinned;
        };
    }

    /** Removes what the rule keeps on disk; no connection can be made under it any more. */
    default void forget() {
        if (this instanceof Pinned(Path file)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // a public key in a temporary file: it harms nobody
            }
        }
    }

    private static List<String> knownFingerprints(Route route) {
        List<String> found = new ArrayList<>();
        for (Path file : route.knownHosts()) {
            if (Files.isReadable(file) && Files.isRegularFile(file)) {
                Tool.run(List.of("ssh-keygen", "-F", route.knownAs(), "-f", file.toString()))
                        .lines()
                        .stream()
                        .flatMap(line -> Fingerprint.ofLine(line).stream())
                        .forEach(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static HostKeyRule pin(Route route, String expected) {
        List<String> scanned =
                Tool.run(
                                List.of(
                                        "ssh-keyscan",
                                        "-T",
                                        "10",
                                        "-p",
                                        Integer.toString(route.effectivePort()),
                                        "--",
                                        route.hostName()))
                        .lines();
        List<String> seen = new ArrayList<>();
        for (String line : scanned) {
            Optional<String> fingerprint = Fingerprint.ofLine(line);
            if (fingerprint.isPresent() && fingerprint.get().equals(expected)) {
                return new Pinned(write(Fingerprint.keyIn(line).orElseThrow()));
            }
            fingerprint.ifPresent(seen::add);
        }
        if (seen.isEmpty()) {
            throw new TunnelEnded(
                    ExitStatus.UNREACHABLE,
                    "No host key could be read from "
                            + route.hostName()
                            + " port "
                            + route.effectivePort()
                            + ".",
                    "Check the address and the firewall. Behind a jump host leave out --accept-host-key and put the"
                            + " door's key line into known_hosts.");
        }
        throw new TunnelEnded(
                ExitStatus.HOST_KEY_CHANGED,
                "The door's host key is not the expected one.\n  expected "
                        + expected
                        + "\n  offered  "
                        + String.join(", ", seen),
                "Do not go on before the operator confirms the offered fingerprint. No key was offered.");
    }

    private static Path write(String key) {
        try {
            Path file = Files.createTempFile("keyhole-known-host-", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, PINNED_NAME + " " + key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The expected host key cannot be kept in a temporary file", e);
        }
    }
}
