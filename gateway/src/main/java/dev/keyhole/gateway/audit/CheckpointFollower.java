package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Reads the signed checkpoints of an audit from any place on, while they are written. It asks nothing of the writer. Keeps
 * no state; blocks on the disk.
 */
public final class CheckpointFollower {
    /** Some thousand notes; what is beyond comes with the next look. */
    private static final int MOST = 1 << 20;

    /**
     * A whole note.
     *
     * @param text as it was signed, with its last line feed
     * @param sequence of the last event that it vouches for
     * @param end the place behind it
     */
    public record Note(String text, long sequence, long end) {}

    private final Path file;

    public CheckpointFollower(AuditPlace place) {
        this.file = place.checkpoints();
    }

    /** The notes behind a place, oldest first; half of one is left for later. A place beyond the end is the beginning. */
    public List<Note> after(long place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = place > channel.size() ? 0 : place;
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST, channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                // read until full
            }
            return notes(new String(bytes.array(), 0, bytes.position(), UTF_8), from);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<Note> notes(String text, long from) {
        List<Note> notes = new ArrayList<>();
        Matcher matcher = Checkpoint.NOTE.matcher(text);
        long end = from;
        int counted = 0;
        while (matcher.find() && matcher.group().endsWith("\n")) {
            end += text.substring(counted, matcher.end()).getBytes(UTF_8).length;
            counted = matcher.end();
            notes.add(new Note(matcher.group(), Long.parseLong(matcher.group(3)), end));
        }
        return notes;
    }
}
