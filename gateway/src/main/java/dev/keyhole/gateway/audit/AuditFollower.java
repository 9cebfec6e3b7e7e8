package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the audit's files from any place to what is on disk now, over the borders of files and while they are written.
 * It asks nothing of the writer and holds no lock. Keeps no state; blocks on the disk.
 */
public final class AuditFollower {
    private static final Pattern CLOSED = Pattern.compile("audit-(\\d{12})\\.jsonl");
    private static final Pattern SEQUENCE = Pattern.compile("\"event\\.sequence\":(\\d{1,18})[,}]");
    private static final int BLOCK = 1 << 18;

    /** The place is behind the end of its file: the file is not the one that was read. */
    public static final class PlaceGone extends IOException {
        private static final long serialVersionUID = 1L;

        PlaceGone(ReadPlace place) {
            super("the audit has no place " + place + " any more");
        }
    }

    /**
     * A whole line.
     *
     * @param at where it begins
     * @param bytes without its end
     */
    public record Line(ReadPlace at, byte[] bytes) {
        public String text() {
            return new String(bytes, UTF_8);
        }

        /** SHA-256 in hex: what the next line of the chain says about this one. */
        public String hash() {
            return HexFormat.of().formatHex(Sha256.of(bytes));
        }
    }

    /** Takes line after line; says whether it wants the next one. */
    public interface Reader {
        boolean take(Line line) throws IOException;
    }

    /** A file of the audit. */
    public record Segment(long first, Path file, boolean closed) {}

    private final Path directory;

    public AuditFollower(Path directory) {
        this.directory = directory;
    }

    /** Every file of the chain, oldest first. */
    public List<Segment> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> segment(file).stream())
                    .sorted(Comparator.comparingLong(Segment::first))
                    .toList();
        }
    }

    private static Optional<Segment> segment(Path file) {
        String name = String.valueOf(file.getFileName());
        Matcher closed = CLOSED.matcher(name);
        if (closed.matches()) {
            return Optional.of(new Segment(Long.parseLong(closed.group(1)), file, true));
        }
        if (!name.equals("audit.jsonl")) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return first(channel).map(first -> new Segment(first, file, false));
        } catch (IOException e) {
            return Optional.empty(); // renamed this moment; the next look sees it
        }
    }

    /** The number of the event in the first line; empty while there is no whole one. */
    private static Optional<Long> first(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // read until full
        }
        String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
        int end = text.indexOf('\n');
        return end < 0 ? Optional.empty() : sequence(text.substring(0, end));
    }

    /** The number of the newest event on disk; 0 before the first. */
    public long newest() throws IOException {
        for (Segment segment : segments().reversed()) {
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                Optional<Long> last =
                        SegmentTail.of(channel).lastLine().flatMap(AuditFollower::sequence);
                if (last.isPresent()) {
                    return last.get();
                }
            } catch (NoSuchFileException e) {
                // renamed or purged this moment; the one before is nearly as new
            }
        }
        return 0;
    }

    /** The number of the event in a line. */
    public static Optional<Long> sequence(String line) {
        Matcher matcher = SEQUENCE.matcher(line);
        return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /**
     * Hands on every whole line from a place on, until there is none or the reader wants no more.
     *
     * @return the place behind the last one
     * @throws PlaceGone when the files are not those in which the place was found
     */
    public ReadPlace follow(ReadPlace from, Reader reader) throws IOException {
        ReadPlace place = from;
        boolean known = from.equals(ReadPlace.START);
        for (Segment segment : segments()) {
            if (segment.first() < place.first()) {
                continue;
            }
            known |= segment.first() == place.first();
            if (!known) {
                throw new PlaceGone(from);
            }
            ReadPlace start =
                    segment.first() == place.first() ? place : new ReadPlace(segment.first(), 0);
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                if (first(channel).filter(first -> first == segment.first()).isEmpty()) {
                    return place; // closed between two looks; the next one finds it by its new name
                }
                Walk walk = new Walk(channel, start);
                boolean more = walk.run(reader);
                place = walk.place();
                if (!more) {
                    return place;
                }
            } catch (NoSuchFileException e) {
                return place;
            }
        }
        if (!known) {
            throw new PlaceGone(from);
        }
        return place;
    }

    /** One line whose place is known. */
    public String read(ReadPlace at, int length) throws IOException {
        for (Segment segment : segments()) {
            if (segment.first() == at.first()) {
                try (FileChannel channel =
                        FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                    return read(channel, at.offset(), length);
                }
            }
        }
        throw new PlaceGone(at);
    }

    /** The same from a file that is open. */
    public static String read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
            // read until full
        }
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    /** One pass over one file. */
    private static final class Walk {
        private final FileChannel channel;
        private final long first;
        private long lineStart;

        Walk(FileChannel channel, ReadPlace start) throws IOException {
            this.channel = channel;
            this.first = start.first();
            this.lineStart = start.offset();
            if (lineStart > channel.size()) {
                throw new PlaceGone(start);
            }
        }

        ReadPlace place() {
            return new ReadPlace(first, lineStart);
        }

        boolean run(Reader reader) throws IOException {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            var line = new ByteArrayOutputStream();
            long at = lineStart;
            while (channel.read(block.clear(), at) > 0) {
                block.flip();
                at += block.remaining();
                int from = 0;
                for (int i = 0; i < block.limit(); i++) {
                    if (block.array()[i] == '\n') {
                        line.write(block.array(), from, i - from);
                        from = i + 1;
                        boolean more = reader.take(new Line(place(), line.toByteArray()));
                        lineStart += line.size() + 1L;
                        line.reset();
                        if (!more) {
                            return false;
                        }
                    }
                }
                line.write(block.array(), from, block.limit() - from);
            }
            return true;
        }
    }
}
