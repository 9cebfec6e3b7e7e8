package dev.keyhole.image.build;

import dev.keyhole.image.base.BaseContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The users and groups of an image: those of its base, and the one that everything runs as. A number alone would do for the
 * kernel; programs ask for a name and a home.
 *
 * @param passwd lines of {@code /etc/passwd}
 * @param group lines of {@code /etc/group}
 * @param name of the user {@value #ID}
 */
record People(List<String> passwd, List<String> group, String name) {
    /** User and group. No distribution gives it to anybody by itself. */
    static final int ID = 10_001;

    static final String HOME = "/home/keyhole";
    static final String STATE = "/state";

    private static final String NAME = "keyhole";
    private static final int NAME_FIELD = 0;
    private static final int ID_FIELD = 2;

    static People of(BaseContents base) {
        List<String> group = new ArrayList<>(base.group());
        if (withId(group).isEmpty()) {
            group.add(free(group) + ":x:" + ID + ":");
        }
        List<String> passwd = new ArrayList<>(base.passwd());
        Optional<String> known = withId(passwd);
        if (known.isPresent()) {
            return new People(passwd, group, field(known.get(), NAME_FIELD));
        }
        String name = free(passwd);
        String shell = base.debianPackages().containsKey("bash") ? "/bin/bash" : "/bin/sh";
        passwd.add("%s:x:%d:%d:Keyhole:%s:%s".formatted(name, ID, ID, HOME, shell));
        return new People(passwd, group, name);
    }

    private static Optional<String> withId(List<String> lines) {
        return lines.stream()
                .filter(line -> field(line, ID_FIELD).equals(String.valueOf(ID)))
                .findFirst();
    }

    private static String field(String line, int number) {
        String[] fields = line.split(":", -1);
        return fields.length > number ? fields[number] : "";
    }

    /** A name that the base does not have for somebody else. */
    private static String free(List<String> lines) {
        String name = NAME;
        for (int i = 2; isTaken(lines, name); i++) {
            name = NAME + i;
        }
        return name;
    }

    private static boolean isTaken(List<String> lines, String name) {
        return lines.stream().anyMatch(line -> field(line, NAME_FIELD).equals(name));
    }

    /** The line of that user in {@code passwd}. */
    String line() {
        return withId(passwd).orElseThrow();
    }

    /** @param drafts a directory for files that are made here */
    List<Placed> files(Path drafts) throws IOException {
        Path users = drafts.resolve("passwd");
        Path groups = drafts.resolve("group");
        Files.writeString(users, String.join("\n", passwd) + "\n");
        Files.writeString(groups, String.join("\n", group) + "\n");
        return List.of(
                Placed.file("/etc/passwd", users, false),
                Placed.file("/etc/group", groups, false),
                new Placed(HOME, drafts, 0700, ID, ID, true),
                new Placed(STATE, drafts, 0700, ID, ID, true));
    }
}
