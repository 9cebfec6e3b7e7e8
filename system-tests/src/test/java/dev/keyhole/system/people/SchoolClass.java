package dev.keyhole.system.people;

import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Ssh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Members that were imported from one CSV file; all of them may run commands. */
final class SchoolClass {
    private final Door door;
    private final Map<String, KeyFile> keys;

    private SchoolClass(Door door, Map<String, KeyFile> keys) {
        this.door = door;
        this.keys = keys;
    }

    /** Imports that many, as a teacher would. */
    static SchoolClass of(Door door, int size) {
        Map<String, KeyFile> keys = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("name,key,role,shell\n");
        IntStream.rangeClosed(1, size)
                .mapToObj(number -> String.format("member%02d", number))
                .forEach(name -> {
                    KeyFile key = KeyFile.make(door.setup().place(), name);
                    keys.put(name, key);
                    csv.append(name).append(',').append(key.line()).append(",member,yes\n");
                });
        try {
            Path file = Files.writeString(door.setup().place().resolve("class.csv"), csv);
            door.keyhole("principal", "import", file.toString()).orFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SchoolClass(door, keys);
    }

    Iterable<String> names() {
        return keys.keySet();
    }

    /** Stock ssh as that member. */
    Ssh ssh(String name) {
        KeyFile key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        return door.ssh().withKey(key).as(name);
    }
}
