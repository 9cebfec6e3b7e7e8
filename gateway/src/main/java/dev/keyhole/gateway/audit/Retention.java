package dev.keyhole.gateway.audit;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws old events away, a whole segment at a time and the oldest first, so that what stays is one chain. The signature
 * at the end of what goes vouches for it; without one nothing goes. That it happens is an event, on disk before.
 *
 * <p>The newest full segment always stays: the chain goes on from it when the current one has no event yet. Used by one
 * thread at a time; the audit may be written meanwhile.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** @param last its last event */
    private record Old(Path segment, long first, long last) {}

    private final AuditPlace place;
    private final AuditLog audit;
    private final Duration retain;
    private final LongSupplier sent;
    private final Clock clock;

    /**
     * @param retain how long an event is kept at least; it goes with its segment, up to a day later
     * @param sent up to which event everybody else has it who shall have it; what is behind stays
     */
    public Retention(
            AuditPlace place, AuditLog audit, Duration retain, LongSupplier sent, Clock clock) {
        this.place = place;
        this.audit = audit;
        this.retain = retain;
        this.sent = sent;
        this.clock = clock;
    }

    /** Never throws: what cannot go now is tried at the next look. */
    public void look() {
        try {
            throwAway(old(clock.instant().minus(retain)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Old audit events could not be thrown away: {}", e.getMessage());
        } catch (AuditUnavailable e) {
            LOG.warn("Old audit events stay: {}", e.getMessage());
        }
    }

    /** The oldest ones in a row of which every event is older. */
    private List<Old> old(Instant limit) throws IOException {
        List<Path> closed = new Segments(place).closed();
        List<Old> old = new ArrayList<>();
        for (Path segment : closed.subList(0, Math.max(0, closed.size() - 1))) {
            Optional<ChainedLine> last = last(segment);
            if (last.isEmpty() || !Instant.parse(last.get().time()).isBefore(limit)) {
                break;
            }
            old.add(new Old(segment, Segments.first(segment).orElseThrow(), last.get().sequence()));
        }
        Set<Long> signed = signed();
        long elsewhere = sent.getAsLong();
        while (!old.isEmpty()
                && (!signed.contains(old.getLast().last()) || old.getLast().last() > elsewhere)) {
            old.removeLast();
        }
        return old;
    }

    private static Optional<ChainedLine> last(Path segment) throws IOException {
        try (FileChannel channel = FileChannel.open(segment, READ)) {
            return SegmentTail.of(channel).lastLine().flatMap(ChainedLine::of);
        }
    }

    private Set<Long> signed() throws IOException {
        VerifierKey key = VerifierKey.parse(Files.readString(place.verifierKey()));
        Set<Long> sequences = new HashSet<>();
        for (String note : Checkpoints.read(place.checkpoints())) {
            Checkpoint.verified(note, key).ifPresent(one -> sequences.add(one.sequence()));
        }
        return sequences;
    }

    private void throwAway(List<Old> old) throws IOException, AuditUnavailable {
        if (old.isEmpty()) {
            return;
        }
        audit.write(
                new AuditEvent.AuditPurged(
                        old.getFirst().first(), old.getLast().last(), old.size()));
        for (Old one : old) {
            Files.delete(one.segment());
        }
    }
}
