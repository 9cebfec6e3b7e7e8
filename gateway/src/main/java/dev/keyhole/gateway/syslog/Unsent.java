package dev.keyhole.gateway.syslog;

import dev.keyhole.gateway.audit.AuditFollower;
import dev.keyhole.gateway.audit.ChainedLine;
import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.ReadPlace;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the files what has to be sent next. Where the files are not those any more that were sent, because some were
 * purged or an end was lost, it goes on with the oldest file that may hold something new: rather twice than never. Used by
 * one thread.
 */
final class Unsent {
    private static final Logger LOG = LoggerFactory.getLogger(Unsent.class);
    private static final int MOST_EVENTS = 500;
    private static final int MOST_BYTES = 1 << 18;
    private static final int MOST_CHECKPOINTS = 100;

    /**
     * What is sent together.
     *
     * @param frames may be empty
     * @param after where the next one begins
     */
    record Batch(byte[] frames, long events, Sent after) {}

    private final AuditFollower files;
    private final CheckpointFollower checkpoints;
    private final SyslogMessage format;
    private final UnaryOperator<String> revealed;
    private final Clock clock;

    Unsent(
            AuditFollower files,
            CheckpointFollower checkpoints,
            SyslogMessage format,
            UnaryOperator<String> revealed,
            Clock clock) {
        this.files = files;
        this.checkpoints = checkpoints;
        this.format = format;
        this.revealed = revealed;
        this.clock = clock;
    }

    /** The number of the newest event on disk. */
    long newest() throws IOException {
        return files.newest();
    }

    Batch next(Sent from) throws IOException {
        Optional<Batch> batch = onward(from);
        return batch.isPresent() ? batch.get() : onward(anew(from)).orElseThrow(() -> gone(from));
    }

    /** Both tries fail only while the files are moved about; the next look finds them in order. */
    private static IOException gone(Sent from) {
        return new IOException("the audit has no event behind " + from.sequence() + " now");
    }

    /** Empty when the files are not those of that place. */
    private Optional<Batch> onward(Sent from) throws IOException {
        Taken taken = new Taken(from);
        ReadPlace reached;
        try {
            reached = files.follow(from.place(), taken::take);
        } catch (AuditFollower.PlaceGone e) {
            return Optional.empty();
        }
        if (taken.other) {
            return Optional.empty();
        }
        long behind = from.checkpoints();
        if (taken.wantsMore()) {
            behind = addCheckpoints(taken.frames, behind);
        }
        return Optional.of(
                new Batch(
                        taken.frames.bytes(),
                        taken.events,
                        new Sent(reached, taken.sequence, taken.hash, behind)));
    }

    private long addCheckpoints(OctetCounting frames, long behind) throws IOException {
        List<CheckpointFollower.Note> notes = checkpoints.after(behind);
        long end = behind;
        for (CheckpointFollower.Note note :
                notes.subList(0, Math.min(MOST_CHECKPOINTS, notes.size()))) {
            frames.add(format.checkpoint(note, clock.instant()));
            end = note.end();
        }
        return end;
    }

    /** The beginning of the file that should hold the next event; else of the oldest one. */
    private Sent anew(Sent from) throws IOException {
        List<AuditFollower.Segment> segments = files.segments();
        Optional<AuditFollower.Segment> holds =
                segments.reversed().stream()
                        .filter(one -> one.first() <= from.sequence() + 1)
                        .findFirst();
        Optional<AuditFollower.Segment> start = holds.or(() -> segments.stream().findFirst());
        if (start.isEmpty()) {
            return new Sent(ReadPlace.START, 0, "", from.checkpoints());
        }
        long first = start.get().first();
        if (first <= from.sequence()) {
            LOG.warn(
                    "The audit is not as it was when event {} was sent; events from {} on are sent again.",
                    from.sequence(),
                    first);
        } else if (first > from.sequence() + 1) {
            LOG.warn(
                    "The audit's events {} to {} are gone, and were never sent.",
                    from.sequence() + 1,
                    first - 1);
        }
        return new Sent(new ReadPlace(first, 0), first - 1, "", from.checkpoints());
    }

    private byte[] message(AuditFollower.Line line, ChainedLine chained) {
        try {
            return format.event(revealed.apply(line.text()));
        } catch (IllegalArgumentException e) {
            LOG.warn("Event {} of the audit is damaged; it is sent as it is.", chained.sequence());
            return format.damaged(line.text(), chained);
        }
    }

    /** Lines that were taken for one batch. */
    private final class Taken {
        private final OctetCounting frames = new OctetCounting();
        private long events;
        private long sequence;
        private String hash;
        private boolean other; // the files are not those of the place

        Taken(Sent from) {
            this.sequence = from.sequence();
            this.hash = from.hash();
        }

        boolean take(AuditFollower.Line line) {
            Optional<ChainedLine> chained = ChainedLine.of(line.text());
            if (events == 0 && !hash.isEmpty()) {
                other = !chained.map(ChainedLine::previous).equals(Optional.of(hash));
                if (other) {
                    return false;
                }
            }
            if (chained.isPresent()) {
                frames.add(message(line, chained.get()));
                sequence = chained.get().sequence();
                events++;
            } else {
                LOG.warn(
                        "What follows event {} of the audit is no event; it is not sent.",
                        sequence);
            }
            hash = line.hash();
            return wantsMore();
        }

        boolean wantsMore() {
            return events < MOST_EVENTS && frames.size() < MOST_BYTES;
        }
    }
}
