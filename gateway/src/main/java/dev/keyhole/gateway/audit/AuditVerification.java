package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells whether an audit is still what was written: reads every line once, with nothing but the public key, whether a
 * door runs or not. It changes nothing. Used by one thread.
 *
 * <p>A line that was changed, left out, put in, moved or doubled breaks the chain of hashes there. An end that was cut off
 * and a chain that was written anew have no break; those are found by a checkpoint that lies elsewhere, out of reach of
 * whoever changed the files.
 */
public final class AuditVerification {
    private final AuditPlace place;
    private final VerifierKey key;
    private final TreeMap<Long, List<Checkpoint>> vouched = new TreeMap<>();
    private long checkpoints;
    private ChainEnd end;
    private long first;
    private boolean begun;
    private Optional<String> torn = Optional.empty();

    private AuditVerification(AuditPlace place, VerifierKey key) {
        this.place = place;
        this.key = key;
        this.end = ChainEnd.beforeTheFirst(key.chainId());
    }

    /**
     * Verifies a whole audit.
     *
     * @param elsewhere signed notes that were kept elsewhere; may be empty
     * @throws IOException when a file cannot be read
     */
    public static AuditVerdict of(AuditPlace place, VerifierKey key, String elsewhere)
            throws IOException {
        AuditVerification verification = new AuditVerification(place, key);
        try {
            verification.learn(Checkpoints.read(place.checkpoints()), place.checkpoints() + "");
            verification.learn(Checkpoints.split(elsewhere), "the checkpoint from elsewhere");
            if (!elsewhere.isBlank()
                    && Checkpoints.split(elsewhere).stream().noneMatch(Checkpoint::isWhole)) {
                throw new Broken(0, "the checkpoint from elsewhere is no signed note of an audit");
            }
            verification.read();
            return verification.verdict(Optional.empty());
        } catch (Broken e) {
            return verification.verdict(Optional.of(new AuditVerdict.Break(e.sequence, e.what())));
        }
    }

    private AuditVerdict verdict(Optional<AuditVerdict.Break> found) {
        return new AuditVerdict(
                key.chainId(),
                begun ? first : 0,
                end.sequence(),
                checkpoints,
                torn.isPresent(),
                found);
    }

    private void learn(List<String> notes, String where) throws Broken {
        for (String note : notes) {
            Optional<Checkpoint> checkpoint = Checkpoint.verified(note, key);
            if (checkpoint.isEmpty() && Checkpoint.isWhole(note)) {
                throw new Broken(
                        0, "a note in " + where + " is not signed by the key of this audit");
            }
            checkpoint.ifPresent(one -> {
                vouched.computeIfAbsent(one.sequence(), any -> new ArrayList<>()).add(one);
                checkpoints++;
            });
        }
    }

    private void read() throws IOException, Broken {
        for (Path segment : new Segments(place).inOrder()) {
            try (BufferedReader lines = Files.newBufferedReader(segment, ISO_8859_1)) {
                String line = lines.readLine();
                while (line != null) {
                    String next = lines.readLine();
                    if (next == null && segment.equals(place.current()) && !endsWithFeed(segment)) {
                        torn = Optional.of(line); // still being written, or left by a crash
                    } else {
                        follow(line);
                    }
                    line = next;
                }
            }
        }
        requireWhatIsVouchedFor();
    }

    private static boolean endsWithFeed(Path segment) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(segment)) {
            return SegmentTail.of(channel).tornBytes() == 0;
        }
    }

    private void follow(String line) throws Broken {
        long expected = begun ? end.sequence() + 1 : 1;
        ChainedLine here =
                ChainedLine.of(line)
                        .orElseThrow(() -> new Broken(expected, "this is no line of the chain"));
        if (!begun) {
            begin(here);
        }
        if (here.sequence() != end.sequence() + 1) {
            throw new Broken(
                    end.sequence() + 1,
                    "event "
                            + here.sequence()
                            + " stands where event "
                            + (end.sequence() + 1)
                            + " belongs");
        }
        if (!here.previous().equals(end.hex())) {
            throw new Broken(
                    Math.max(end.sequence(), first),
                    end.sequence() < first
                            ? "the first event does not follow what is vouched for"
                            : "event "
                                    + end.sequence()
                                    + " is not what event "
                                    + here.sequence()
                                    + " was tied to");
        }
        end = end.with(line.getBytes(ISO_8859_1));
        for (Checkpoint checkpoint : vouched.getOrDefault(end.sequence(), List.of())) {
            if (!checkpoint.fits(end.hash())) {
                throw new Broken(
                        end.sequence(),
                        "event " + end.sequence() + " is not the one that was signed");
            }
        }
    }

    /** Where old segments were thrown away, a signature vouches for them; else the first event is number 1. */
    private void begin(ChainedLine line) throws Broken {
        begun = true;
        first = line.sequence();
        if (first == 1) {
            return;
        }
        end =
                vouched.getOrDefault(first - 1, List.of()).stream()
                        .findFirst()
                        .map(one -> new ChainEnd(one.sequence(), one.hash()))
                        .orElseThrow(() ->
                                new Broken(
                                        1,
                                        "the audit begins with event "
                                                + line.sequence()
                                                + ", and no signature vouches for what was before"));
    }

    private void requireWhatIsVouchedFor() throws Broken {
        if (!vouched.isEmpty() && vouched.lastKey() > end.sequence()) {
            throw new Broken(
                    end.sequence() + 1,
                    "the audit ends with event "
                            + end.sequence()
                            + ", but event "
                            + vouched.lastKey()
                            + " was signed: its end was cut off");
        }
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final long sequence;
        private final String what;

        Broken(long sequence, String what) {
            super(what);
            this.sequence = sequence;
            this.what = what;
        }

        String what() {
            return what;
        }
    }
}
