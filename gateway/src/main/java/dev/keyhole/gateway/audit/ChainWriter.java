package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties each line to the one before by its SHA-256, begins new segments and signs checkpoints. What the disk did not take
 * whole is cut off again, so that no segment ever holds half a line or a gap in the numbers.
 *
 * <p>Used by one thread at a time: two writers would make two chains of one.
 */
final class ChainWriter implements Closeable {
    /** @param event that happened then */
    record Happened(Instant at, AuditEvent event) {}

    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);

    private final AuditPlace place;
    private final Segments segments;
    private final SigningKey key;
    private final Rotation rotation;
    private final Disk disk;
    private final Pseudonyms names;
    private final Reserve reserve;
    private final OpenSessions sessions = new OpenSessions();
    private FileChannel channel;
    private long length; // of the segment, whole lines only
    private long firstSequence; // of the segment
    private @Nullable LocalDate day; // of the segment; null before its first event
    private ChainEnd end; // of the segment
    private ChainEnd tip; // of the reserve, to which the next line is tied
    private long lastSyncNanos;
    private long vouchedFor; // by the last checkpoint
    private long vouchedAtNanos = System.nanoTime();

    private ChainWriter(
            AuditPlace place,
            SigningKey key,
            Rotation rotation,
            Disk disk,
            Pseudonyms names,
            Reserve reserve,
            FileChannel channel,
            ChainEnd end,
            long length) {
        this.place = place;
        this.segments = new Segments(place);
        this.key = key;
        this.rotation = rotation;
        this.channel = channel;
        this.disk = disk;
        this.names = names;
        this.reserve = reserve;
        this.end = end;
        this.tip = end;
        this.length = length;
        this.firstSequence = end.sequence() + 1;
        this.vouchedFor = end.sequence();
    }

    /**
     * Goes on where the files end.
     *
     * @param found takes what must be said first: half a line, sessions without an end
     * @throws IOException with a message for the operator
     */
    static ChainWriter open(
            AuditPlace place,
            Rotation rotation,
            Disk disk,
            Pseudonyms names,
            List<AuditEvent> found)
            throws IOException {
        SigningKey key = SigningKey.loadOrMake(place.signingKey());
        String published = key.verifier() + "\n";
        if (!Files.exists(place.verifierKey())
                || !Files.readString(place.verifierKey()).equals(published)) {
            SigningKey.writeWhole(place.verifierKey(), published);
        }
        Segments segments = new Segments(place);
        Optional<AuditEvent> former = setAside(place, segments);
        FileChannel channel = openCurrent(place);
        try {
            Reserve reserve = Reserve.open(place.reserve(), disk);
            SegmentTail tail = SegmentTail.of(channel);
            tail.cut(channel);
            ChainEnd end = ChainEnd.beforeTheFirst(key.verifier().chainId());
            Optional<String> last = tail.lastLine();
            for (Path closed : segments.closed().reversed()) {
                if (last.isPresent()) {
                    break;
                }
                try (FileChannel before = FileChannel.open(closed, READ)) {
                    last = SegmentTail.of(before).lastLine();
                }
            }
            if (last.isPresent()) {
                long sequence =
                        ChainedLine.of(last.get())
                                .orElseThrow(() ->
                                        new IOException(
                                                "The last line of the audit in "
                                                        + place.directory()
                                                        + " is none of its chain; look with `keyhole audit verify`"))
                                .sequence();
                end = new ChainEnd(sequence, Sha256.of(last.get().getBytes(UTF_8)));
            }
            ChainWriter writer =
                    new ChainWriter(
                            place,
                            key,
                            rotation,
                            disk,
                            names,
                            reserve,
                            channel,
                            end,
                            channel.size());
            writer.readSegment();
            former.ifPresent(found::add);
            if (tail.tornBytes() > 0) {
                found.add(new AuditEvent.TornLineCut(tail.tornBytes()));
            }
            writer.takeInReserve().ifPresent(found::add);
            found.addAll(writer.unfinished());
            return writer;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What a release before the chain wrote is kept, and its hash stands in the chain. */
    private static Optional<AuditEvent> setAside(AuditPlace place, Segments segments)
            throws IOException {
        if (!Files.isRegularFile(place.current()) || Files.size(place.current()) == 0) {
            return Optional.empty();
        }
        try (var lines =
                Files.lines(place.current(), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            if (lines.findFirst().flatMap(ChainedLine::of).isPresent()) {
                return Optional.empty();
            }
        }
        Path aside = segments.unchained();
        Files.move(place.current(), aside, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(
                new AuditEvent.UnchainedSetAside(
                        String.valueOf(aside.getFileName()), FileHash.hex(aside)));
    }

    private static FileChannel openCurrent(AuditPlace place) throws IOException {
        return FileChannel.open(
                place.current(),
                Set.of(CREATE, READ, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** What the segment at hand says: its first number, its day. */
    private void readSegment() throws IOException {
        if (length == 0) {
            return;
        }
        try (var lines = Files.lines(place.current())) {
            ChainedLine first = lines.findFirst().flatMap(ChainedLine::of).orElseThrow();
            firstSequence = first.sequence();
            day = day(Instant.parse(first.time()));
        }
    }

    /** What a door kept that ended before the disk took lines again. */
    private Optional<AuditEvent> takeInReserve() throws IOException {
        ChainEnd last = reserve.goesOnFrom(end);
        long count = last.sequence() - end.sequence();
        if (count == 0) {
            return Optional.empty();
        }
        byte[] lines = reserve.contents();
        writeFully(lines);
        length += lines.length;
        end = last;
        tip = last;
        reserve.clear();
        String first = new String(lines, 0, Math.min(lines.length, 200), UTF_8);
        return ChainedLine.of(first)
                .map(line ->
                        new AuditEvent.AuditAlarm(
                                Instant.parse(line.time()),
                                "found in the reserve at the start",
                                count,
                                0,
                                0));
    }

    /** A segment begins with what was open, so two of them are enough even when the second was just begun. */
    private List<AuditEvent> unfinished() throws IOException {
        List<Path> files = segments.inOrder();
        OpenSessions left = new OpenSessions();
        for (Path file : files.subList(Math.max(0, files.size() - 2), files.size())) {
            try (var lines = Files.lines(file)) {
                lines.map(names::reveal).forEach(left::follow);
            }
        }
        return left.endings();
    }

    /** All of them on disk when it returns, and all that the reserve had; none of them when it throws. */
    void append(List<Happened> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        Instant at = batch.getFirst().at();
        if (length >= rotation.mostBytes() || (day != null && !day(at).equals(day))) {
            beginSegment();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(reserve.contents());
        ChainEnd last = tip;
        if (length == 0) {
            for (AuditEvent open : sessions.goingOn()) {
                last = line(bytes, last, at, open);
            }
        }
        for (Happened one : batch) {
            last = line(bytes, last, one.at(), one.event());
        }
        try {
            writeFully(bytes.toByteArray());
        } catch (IOException | RuntimeException e) {
            try {
                channel.truncate(length);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        length += bytes.size();
        end = last;
        tip = last;
        reserve.clear();
        day = day == null ? day(at) : day;
        batch.forEach(one -> sessions.follow(one.event(), one.at()));
        if (end.sequence() - vouchedFor >= rotation.checkpointEvents()) {
            checkpointIfNew();
        }
    }

    /**
     * Keeps events in the reserve, tied to the chain already.
     *
     * @return how many of them, from the first on; they are on disk
     */
    int keep(List<Happened> batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ChainEnd last = tip;
        int count = 0;
        for (Happened one : batch) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            ChainEnd next = line(line, last, one.at(), one.event());
            if (!reserve.hasRoom(count + 1, bytes.size() + line.size())) {
                break;
            }
            bytes.writeBytes(line.toByteArray());
            last = next;
            count++;
        }
        if (count == 0 || !reserve.keep(bytes.toByteArray(), count)) {
            return 0;
        }
        tip = last;
        batch.subList(0, count).forEach(one -> sessions.follow(one.event(), one.at()));
        return count;
    }

    private ChainEnd line(ByteArrayOutputStream bytes, ChainEnd tip, Instant at, AuditEvent event) {
        byte[] line = EcsLine.of(at, tip.sequence() + 1, tip.hex(), event, names).getBytes(UTF_8);
        bytes.writeBytes(line);
        bytes.write('\n');
        return tip.with(line);
    }

    private void writeFully(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = length;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        long before = System.nanoTime();
        disk.sync(channel);
        lastSyncNanos = System.nanoTime() - before;
    }

    /** How long the disk took for the last {@code fsync}. */
    long lastSyncNanos() {
        return lastSyncNanos;
    }

    /** How many bytes the segment has. */
    long length() {
        return length;
    }

    /** May fail at any step, and goes on from there the next time. */
    private void beginSegment() throws IOException {
        // So that this segment can be thrown away one day, and the rest still be verified.
        if (end.sequence() != vouchedFor) {
            checkpoint();
        }
        channel.force(true);
        if (Files.exists(place.current())) {
            Files.move(
                    place.current(), place.closed(firstSequence), StandardCopyOption.ATOMIC_MOVE);
        }
        FileChannel full = channel;
        channel = openCurrent(place);
        length = 0;
        firstSequence = end.sequence() + 1;
        day = null;
        full.close();
        try (FileChannel directory = FileChannel.open(place.directory(), READ)) {
            directory.force(true);
        }
    }

    /** How long until a checkpoint is due. */
    long nanosToCheckpoint() {
        return rotation.checkpointEvery().toNanos() - (System.nanoTime() - vouchedAtNanos);
    }

    /** A failure costs this checkpoint and nothing else: it is tried again when the next one is due. */
    void checkpointIfNew() {
        vouchedAtNanos = System.nanoTime();
        if (end.sequence() == vouchedFor) {
            return;
        }
        try {
            checkpoint();
        } catch (IOException e) {
            LOG.warn("No checkpoint of the audit could be written: {}", e.getMessage());
        }
    }

    /** Signs where the chain ends now. @return the note */
    String checkpoint() throws IOException {
        String note =
                new Checkpoint(key.verifier().name(), end.sequence(), end.hash()).signedBy(key);
        Checkpoints.append(place.checkpoints(), note);
        vouchedFor = end.sequence();
        vouchedAtNanos = System.nanoTime();
        return note;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    @Override
    public void close() throws IOException {
        checkpointIfNew();
        reserve.close();
        channel.close();
    }
}
