package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the public keys that {@code up} lets in: the files that the person names, else those of the person's {@code
 * ~/.ssh}. Used by one thread.
 */
public final class KeyDiscovery {
    /** A key that may log in, as its line stands in a file. */
    public record FoundKey(AuthorizedKey key, String line) {}

    /**
     * What was found.
     *
     * @param usable each key once
     * @param notes one line for each line or file that is not used, with its next move
     * @param places where was looked
     */
    public record Found(List<FoundKey> usable, List<String> notes, List<Path> places) {}

    private final KeyRules rules;
    private final Map<Fingerprint, FoundKey> usable = new LinkedHashMap<>();
    private final Set<Fingerprint> limited = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Path> places = new ArrayList<>();

    private KeyDiscovery(KeyRules rules) {
        // A line with such a limit speaks of another server's whole work (see KeyRules).
        this.rules = rules.skippingLimits();
    }

    /**
     * Reads the files that somebody named.
     *
     * @throws CannotStart when one cannot be read, or is a private key without its public half beside it
     */
    public static Found named(List<Path> files, KeyRules rules) throws CannotStart {
        KeyDiscovery discovery = new KeyDiscovery(rules);
        for (Path file : files) {
            discovery.named(file);
        }
        return discovery.found();
    }

    /**
     * Reads lines that came another way than by a file.
     *
     * @param where for notes
     */
    static Found lines(String where, String text, KeyRules rules) {
        KeyDiscovery discovery = new KeyDiscovery(rules);
        discovery.places.add(Path.of(where));
        discovery.read(Path.of(where), text.lines().toList());
        return discovery.found();
    }

    /** Reads {@code authorized_keys} and {@code *.pub} of a {@code .ssh} directory; what cannot be read is noted. */
    public static Found in(Path sshDirectory, KeyRules rules) {
        KeyDiscovery discovery = new KeyDiscovery(rules);
        // First, because a limit that stands there holds for every copy of the key.
        discovery.lookAt(sshDirectory.resolve("authorized_keys"));
        discovery.publicFiles(sshDirectory).forEach(discovery::lookAt);
        discovery.places.add(sshDirectory.resolve("*.pub"));
        return discovery.found();
    }

    private Found found() {
        limited.forEach(usable::remove);
        return new Found(List.copyOf(usable.values()), List.copyOf(notes), List.copyOf(places));
    }

    private List<Path> publicFiles(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pub")).sorted().toList();
        } catch (IOException e) {
            notes.add(directory + " cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void lookAt(Path file) {
        if (file.endsWith("authorized_keys")) {
            places.add(file);
        }
        if (!Files.exists(file)) {
            return;
        }
        try {
            read(file, KeyFile.lines(file));
        } catch (IOException e) {
            notes.add(file + " cannot be read: " + e.getMessage());
        }
    }

    private void named(Path file) throws CannotStart {
        places.add(file);
        try {
            List<String> lines = KeyFile.lines(file);
            if (KeyFile.isPrivateKey(lines)) {
                publicHalf(file);
            } else {
                read(file, lines);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.USAGE,
                    "--key "
                            + file
                            + (Files.exists(file) ? " cannot be read" : " does not exist")
                            + ". Name a public key file, such as ~/.ssh/id_ed25519.pub.",
                    e);
        }
    }

    private void publicHalf(Path privateKey) throws CannotStart, IOException {
        Path beside = privateKey.resolveSibling(privateKey.getFileName() + ".pub");
        if (!Files.exists(beside)) {
            throw new CannotStart(
                    ExitStatus.USAGE,
                    "--key "
                            + privateKey
                            + " is a private key, which must stay on the laptop. Name its public half;"
                            + " this makes one: ssh-keygen -y -f "
                            + privateKey
                            + " > "
                            + beside);
        }
        notes.add(privateKey + " is a private key; " + beside + " beside it is used instead");
        read(beside, KeyFile.lines(beside));
    }

    private void read(Path file, List<String> lines) {
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            switch (AuthorizedKeysLine.parse(line, rules)) {
                case KeyLine.Usable(AuthorizedKey key) ->
                        usable.putIfAbsent(key.fingerprint(), new FoundKey(key, line.strip()));
                case KeyLine.Skipped skipped -> {
                    skipped.limitedKey().ifPresent(limited::add);
                    notes.add(
                            "%s:%d: %s is skipped: %s. %s"
                                    .formatted(
                                            file,
                                            number,
                                            skipped.subject(),
                                            skipped.reason(),
                                            skipped.nextMove()));
                }
                case KeyLine.Blank() -> {}
            }
        }
    }

    /** Nothing starts without a key: the answer says where was looked, and how to get one. */
    public static CannotStart nothingUsable(Found found) {
        StringBuilder text =
                new StringBuilder(
                        "There is no usable public key. Nothing was started.\nLooked in: ");
        text.append(String.join(", ", found.places().stream().map(Path::toString).toList()));
        found.notes().forEach(note -> text.append("\n  ").append(note));
        text.append(
                """


                On your laptop run

                  ssh-keygen -t ed25519
                  cat ~/.ssh/id_ed25519.pub

                then, on this machine, paste the line that it prints between the quotes, and start again:

                  mkdir -p -m 700 ~/.ssh && echo 'ssh-ed25519 AAAA... you@laptop' >> ~/.ssh/authorized_keys\
                """);
        return new CannotStart(ExitStatus.REFUSED, text.toString());
    }
}
