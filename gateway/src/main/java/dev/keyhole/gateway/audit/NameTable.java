package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file of pseudonyms, names and keys, 0600, one line each. A line is on disk before its key is used; a person is
 * forgotten by writing the file anew without her. Used by one thread at a time.
 */
final class NameTable {
    private final Path file;

    NameTable(Path file) {
        this.file = file;
    }

    /**
     * Everybody in it. Half a line at the end, which a crash leaves, is cut off: its key was never used.
     *
     * @throws IOException when the file says something else; then no name can be trusted
     */
    List<Person> read() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(text.substring(0, whole).getBytes(UTF_8).length);
                channel.force(true);
            }
        }
        List<Person> people = new ArrayList<>();
        for (String line : text.substring(0, whole).lines().toList()) {
            people.add(person(line));
        }
        return people;
    }

    private Person person(String line) throws IOException {
        try {
            EventLine fields = EventLine.of(line);
            return new Person(
                    fields.text("pseudonym").orElseThrow(),
                    fields.text("name").orElseThrow(),
                    Base64.getDecoder().decode(fields.text("key").orElseThrow()));
        } catch (RuntimeException e) {
            throw new IOException(
                    file + " is damaged: one of its lines is no pseudonym. Restore the file.", e);
        }
    }

    static String line(String pseudonym, String name, byte[] key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pseudonym", pseudonym);
        fields.put("name", name);
        fields.put("key", Base64.getEncoder().encodeToString(key));
        return Json.write(fields) + "\n";
    }

    /** On disk when it returns. */
    void append(String line) throws IOException {
        boolean fresh = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            long end = channel.size();
            try {
                writeFully(channel, line, end);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
        if (fresh) {
            syncDirectory();
        }
    }

    /** Everybody but one, in place of the former file; either of them is there, whatever happens. */
    void forget(String pseudonym) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (!EventLine.of(line).text("pseudonym").orElse("").equals(pseudonym)) {
                rest.append(line).append('\n');
            }
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            writeFully(channel, rest.toString(), 0);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    private static void writeFully(FileChannel channel, String text, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
        channel.force(true);
    }

    private void syncDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
