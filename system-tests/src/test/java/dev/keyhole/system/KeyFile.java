package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's key pair in OpenSSH's files.
 *
 * @param file the private half; the public one lies beside it as {@code FILE.pub}
 */
public record KeyFile(Path file) {
    /** Makes a new one with ssh-keygen: {@code ed25519}, or a type with options such as {@code rsa -b 2048}. */
    public static KeyFile make(Path directory, String name, String... type) {
        Path file = directory.resolve(name);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ssh-keygen",
                                "-q",
                                "-N",
                                "",
                                "-C",
                                name,
                                "-f",
                                file.toString(),
                                "-t"));
        command.addAll(type.length == 0 ? List.of("ed25519") : List.of(type));
        Ran.of(Duration.ofSeconds(60), command).orFail();
        return new KeyFile(file);
    }

    public Path publicFile() {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /** The line for authorized_keys. */
    public String line() {
        try {
            return Files.readString(publicFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
