package dev.keyhole.gateway.syslog;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditFile;
import dev.keyhole.gateway.audit.AuditPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** An audit on disk, a file for each day. */
final class Audited {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final AuditPlace place;

    Audited(Path directory) {
        this.place = new AuditPlace(directory, directory.resolve("signing-key"));
    }

    AuditFile open(int day) throws IOException {
        return AuditFile.open(place, Clock.fixed(NOON.plus(Duration.ofDays(day)), ZoneOffset.UTC));
    }

    /** Writes that many on a day, and a checkpoint behind them. */
    void events(int day, int count) throws Exception {
        try (AuditFile audit = open(day)) {
            for (int i = 0; i < count; i++) {
                audit.write(new AuditEvent.DoorStopped("day " + day + " event " + i));
            }
        }
    }

    AuditSource source() throws IOException {
        return AuditSource.of(place, 10, "door", line -> line, Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
