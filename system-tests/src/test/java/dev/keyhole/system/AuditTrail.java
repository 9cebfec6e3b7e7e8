package dev.keyhole.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a door has written down. */
public final class AuditTrail {
    /** One line of it, flat and dotted as in the Elastic Common Schema. */
    public record Event(JsonObject fields) {
        public String action() {
            return text("event.action");
        }

        /** A field as text; empty when it is not there. */
        public String text(String field) {
            return fields.has(field) ? fields.get(field).getAsString() : "";
        }

        public long number(String field) {
            return fields.get(field).getAsLong();
        }
    }

    private final Path file;

    AuditTrail(Path file) {
        this.file = file;
    }

    /** Where the audit is written now; what it says about people stands there under pseudonyms. */
    public Path file() {
        return file;
    }

    /** Every event so far, of all segments; a line that is still being written does not count. */
    public List<Event> events() {
        try {
            StringBuilder all = new StringBuilder();
            for (Path segment : segments()) {
                String text = Files.readString(segment);
                all.append(text, 0, text.lastIndexOf('\n') + 1);
            }
            AuditNames names =
                    new AuditNames(file.resolveSibling("../door/audit-names.jsonl").normalize());
            return all.toString()
                    .lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .map(fields -> new Event(names.shown(fields)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the full ones sort by their first event. */
    private List<Path> segments() throws IOException {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            Stream<Path> full =
                    files.filter(one ->
                                    one.getFileName().toString().matches("audit-\\d{12}\\.jsonl"))
                            .sorted();
            Stream<Path> current = Files.exists(file) ? Stream.of(file) : Stream.of();
            return Stream.concat(full, current).toList();
        }
    }

    /** A mark to ask {@link #since} with. */
    public int size() {
        return events().size();
    }

    public List<Event> since(int mark) {
        List<Event> all = events();
        return all.subList(mark, all.size());
    }

    /** Waits for an event after a mark. */
    public Event await(int mark, String what, Predicate<Event> wanted) {
        return Awaitility.await("audited: " + what)
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> since(mark).stream().filter(wanted).findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }
}
