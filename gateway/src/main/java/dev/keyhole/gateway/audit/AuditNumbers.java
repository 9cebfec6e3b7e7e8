package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.Durations;
import java.time.Duration;

/**
 * How the audit's writer gets on.
 *
 * @param written events since the door's start that are on disk
 * @param lost events that could be written nowhere
 * @param waiting events that are not on disk yet
 * @param lag how long the oldest of these has waited
 * @param lastSync how long the disk took for the last {@code fsync}
 * @param segmentBytes of the file that is being written
 * @param waits how long what happened waited until its event was on disk
 */
public record AuditNumbers(
        long written,
        long lost,
        int waiting,
        Duration lag,
        Duration lastSync,
        long segmentBytes,
        Durations waits) {}
