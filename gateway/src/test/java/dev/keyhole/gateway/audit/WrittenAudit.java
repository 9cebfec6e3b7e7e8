package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An audit on disk that tests write, damage and verify. */
final class WrittenAudit {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** A segment for about ten events, so that a few events make several. */
    static final Rotation SMALL = new Rotation(3_000, Duration.ofHours(1), 1_000_000);

    final Path directory;

    WrittenAudit(Path directory) {
        this.directory = directory;
    }

    AuditPlace place() {
        return new AuditPlace(directory, directory.resolve("audit-signing-key"));
    }

    AuditFile open() throws IOException {
        return open(NOON, SMALL);
    }

    AuditFile open(Instant now, Rotation rotation) throws IOException {
        return AuditFile.open(place(), rotation, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Writes that many, in one run of the door. */
    WrittenAudit events(int count) throws Exception {
        try (AuditFile audit = open()) {
            for (int i = 0; i < count; i++) {
                audit.write(new AuditEvent.DoorStopped("event " + i));
            }
        }
        return this;
    }

    static AuditEvent login(String session) {
        return new AuditEvent.Login(actor(session), "ada", "SSH-2.0-x");
    }

    static AuditEvent ended(String session) {
        return new AuditEvent.SessionEnded(actor(session), Duration.ofSeconds(1), "closed");
    }

    private static AuditEvent.Actor actor(String session) {
        return new AuditEvent.Actor(
                new SessionId(session),
                new Source(InetAddress.getLoopbackAddress(), 1),
                new PrincipalName("ada"),
                Fingerprint.of(new byte[] {1}));
    }

    VerifierKey key() throws IOException {
        return VerifierKey.parse(Files.readString(place().verifierKey()));
    }

    AuditVerdict verify() throws IOException {
        return verify("");
    }

    AuditVerdict verify(String elsewhere) throws IOException {
        return AuditVerification.of(place(), key(), elsewhere);
    }

    List<Path> segments() throws IOException {
        return new Segments(place()).inOrder();
    }

    /** Every line of every segment. */
    List<String> lines() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path segment : segments()) {
            all.addAll(Files.readAllLines(segment));
        }
        return all;
    }

    /** The same with the names behind its pseudonyms. */
    List<String> shown() throws IOException {
        return lines().stream().map(Pseudonyms.open(place().names())::reveal).toList();
    }

    /** Changes the lines of the segment that holds an event. */
    void edit(long sequence, UnaryOperator<List<String>> change) throws IOException {
        String mark = "\"event.sequence\":" + sequence + ",";
        for (Path segment : segments()) {
            List<String> lines = Files.readAllLines(segment);
            if (lines.stream().anyMatch(line -> line.contains(mark))) {
                Files.write(segment, change.apply(new ArrayList<>(lines)), UTF_8);
                return;
            }
        }
        throw new IllegalArgumentException("no event " + sequence);
    }

    static int at(List<String> lines, long sequence) {
        String mark = "\"event.sequence\":" + sequence + ",";
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(mark)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no event " + sequence);
    }

    /** All its files as they are now. */
    Map<String, byte[]> copy() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** Puts those files back, and no others. */
    void restore(Map<String, byte[]> files) throws IOException {
        for (String name : copy().keySet()) {
            Files.delete(directory.resolve(name));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
