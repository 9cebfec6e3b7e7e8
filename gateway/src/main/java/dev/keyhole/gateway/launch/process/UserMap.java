package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which existing accounts principals run as: one file of lines {@code NAME ACCOUNT} that only root may write. It is read
 * at every question, so that broker, door and command agree. Thread-safe.
 */
public final class UserMap {
    private final Path file;

    /** @param file its directory exists, and only its owner may write there */
    public UserMap(Path file) {
        this.file = file;
    }

    /** The account of a principal, where one was named. */
    Optional<String> of(PrincipalName owner) throws IOException {
        return Optional.ofNullable(all().get(owner));
    }

    /** Whose account it is, if anybody's. */
    Optional<PrincipalName> owner(String account) throws IOException {
        return all().entrySet().stream()
                .filter(entry -> entry.getValue().equals(account))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    synchronized void put(PrincipalName owner, String account) throws IOException {
        SortedMap<PrincipalName, String> changed = all();
        changed.put(owner, account);
        write(changed);
    }

    synchronized void remove(PrincipalName owner) throws IOException {
        SortedMap<PrincipalName, String> changed = all();
        if (changed.remove(owner) != null) {
            write(changed);
        }
    }

    private void write(SortedMap<PrincipalName, String> accounts) throws IOException {
        String text =
                accounts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        WrittenWhole.write(file, text, "rw-r--r--");
    }

    /** A damaged file must not give somebody another one's account, nor a new one: then nobody has any. */
    private SortedMap<PrincipalName, String> all() throws IOException {
        SortedMap<PrincipalName, String> accounts = new TreeMap<>();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return accounts;
        }
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", -1);
            if (words.length != 2 || !words[0].matches("[a-z][a-z0-9_-]{0,23}")) {
                throw new IOException(file + " is damaged at the line '" + line + "'");
            }
            accounts.put(new PrincipalName(words[0]), words[1]);
        }
        return accounts;
    }
}
