package dev.keyhole.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Audit files as a door writes them, with as many events as a test wants. */
final class WrittenAudit {
    static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private final Path directory;
    private long sequence;

    WrittenAudit(Path directory) {
        this.directory = directory;
    }

    long sequence() {
        return sequence;
    }

    /** When an event of that number happens: one a second. */
    static Instant at(long sequence) {
        return BEGIN.plusSeconds(sequence);
    }

    /** One more event with these members behind the usual ones. */
    WrittenAudit event(String action, String members) {
        return events(1, number -> line(number, action, members));
    }

    /** Says what an event of a number is. */
    interface Lines {
        String of(long number);
    }

    WrittenAudit events(int count, Lines lines) {
        try (Writer file =
                Files.newBufferedWriter(
                        current(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < count; i++) {
                file.write(lines.of(++sequence));
                file.write('\n');
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(long number, String action, String members) {
        return "{\"@timestamp\":\"%s\",\"event.sequence\":%d,\"event.action\":\"%s\"%s}"
                .formatted(
                        at(number).toString().replace("Z", ".000Z"),
                        number,
                        action,
                        members.isEmpty() ? "" : "," + members.replace('\'', '"'));
    }

    /** As if the file were full. */
    WrittenAudit rotate(long first) throws IOException {
        Files.move(current(), closed(first));
        return this;
    }

    Path closed(long first) {
        return directory.resolve("audit-%012d.jsonl".formatted(first));
    }

    Path current() {
        return directory.resolve("audit.jsonl");
    }

    /** A busy year of a hundred people: four events a visit, a refusal now and then. */
    static String busy(long number) {
        long visit = number / 4;
        String actor =
                "'keyhole.session':'c-%x','source.ip':'10.%d.%d.%d','user.name':'p%d','keyhole.key.fingerprint':'SHA256:%d'"
                        .formatted(
                                visit, visit % 5, visit % 7, visit % 250, visit % 100, visit % 100);
        if (number % 50 == 3) {
            return line(
                    number,
                    "login-refused",
                    "'event.outcome':'failure','event.reason':'AUTH_FAILED','source.ip':'192.0.2.%d'"
                            .formatted(number % 9));
        }
        return switch ((int) (number % 4)) {
            case 0 -> line(number, "login", "'event.outcome':'success'," + actor);
            case 1 ->
                    line(
                            number,
                            "forward-opened",
                            "'event.outcome':'success'," + actor + ",'service.name':'jupyter'");
            case 2 ->
                    line(
                            number,
                            "forward-closed",
                            "'event.outcome':'success',"
                                    + actor
                                    + ",'service.name':'jupyter','source.bytes':10,'destination.bytes':100");
            default ->
                    line(
                            number,
                            "session-ended",
                            "'event.outcome':'success'," + actor + ",'event.reason':'left'");
        };
    }
}
