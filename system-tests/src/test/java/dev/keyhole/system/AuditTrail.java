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

    public Path file() {
        return file;
    }

    /** Every event so far; a line that is still being written does not count. */
    public List<Event> events() {
        try {
            String all = Files.exists(file) ? Files.readString(file) : "";
            return all.substring(0, all.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> new Event(JsonParser.parseString(line).getAsJsonObject()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
