package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the keys of the person at the keyboard: behind sudo that is not root. */
public final class PersonalKeys {
    private PersonalKeys() {}

    /**
     * The keys in {@code .ssh} of the user behind sudo, if there are usable ones; else of the home directory.
     *
     * @param home the person's home directory as the environment says
     * @param sudoUser who ran sudo
     */
    public static KeyDiscovery.Found find(Path home, @Nullable String sudoUser, KeyRules rules) {
        return Optional.ofNullable(sudoUser)
                .flatMap(PersonalKeys::homeOf)
                .map(behind -> KeyDiscovery.in(behind.resolve(".ssh"), rules))
                .filter(found -> !found.usable().isEmpty())
                .orElseGet(() -> KeyDiscovery.in(home.resolve(".ssh"), rules));
    }

    private static Optional<Path> homeOf(String user) {
        try (Stream<String> accounts = Files.lines(Path.of("/etc/passwd"))) {
            return accounts.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 5 && fields[0].equals(user))
                    .map(fields -> Path.of(fields[5]))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
