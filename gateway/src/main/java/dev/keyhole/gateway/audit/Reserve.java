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
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose blocks are taken from the disk while there are some: lines that the audit has no room for are kept here,
 * and go to the audit unchanged when there is room again. What is not used is zero.
 *
 * <p>On a file system that writes elsewhere instead of over (btrfs, ZFS) taken blocks are no promise; then the reserve
 * may refuse as well, and its caller does. Used by one thread at a time.
 */
final class Reserve implements Closeable {
    /** So many events. */
    static final int EVENTS = 10_000;

    /** An event has 300 to 600 bytes. */
    static final int BYTES = EVENTS * 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private final Disk disk;
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private long size; // what the disk gave
    private int used;
    private int events;

    private Reserve(FileChannel channel, Disk disk) {
        this.channel = channel;
        this.disk = disk;
    }

    /** Opens or makes it. Where there is no room for it, it is smaller, and the log says so. */
    static Reserve open(Path file, Disk disk) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(CREATE, READ, WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Reserve reserve = new Reserve(channel, disk);
        reserve.size = Math.min(channel.size(), BYTES);
        reserve.takeBlocks();
        return reserve;
    }

    /** Zeros, because a length alone takes no blocks. */
    private void takeBlocks() {
        try {
            while (size < BYTES) {
                ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK, BYTES - size));
                size += channel.write(zeros, size);
            }
            disk.sync(channel);
        } catch (IOException e) {
            LOG.warn(
                    "The audit's reserve is smaller than it should be, because the disk has no room: {}",
                    e.getMessage());
        }
    }

    /**
     * Looks through what an earlier door has left. Lines that the audit has already are left out: a crash came between
     * that and the clearing.
     *
     * @return where the chain ends with what is kept here
     */
    ChainEnd goesOnFrom(ChainEnd end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // read until full
        }
        byte[] all = bytes.array();
        ChainEnd last = end;
        int start = 0;
        for (int i = 0; i < all.length && all[i] != 0; i++) {
            if (all[i] == '\n') {
                byte[] line = Arrays.copyOfRange(all, start, i);
                if (continues(line, last)) {
                    last = last.with(line);
                    contents.write(all, start, i + 1 - start);
                }
                start = i + 1;
            }
        }
        used = start;
        return last;
    }

    private static boolean continues(byte[] bytes, ChainEnd last) {
        Optional<ChainedLine> line = ChainedLine.of(new String(bytes, UTF_8));
        return line.isPresent()
                && line.get().sequence() == last.sequence() + 1
                && line.get().previous().equals(last.hex());
    }

    /** Its lines, each with its line feed. */
    byte[] contents() {
        return contents.toByteArray();
    }

    /** Whether so much more has room. */
    boolean hasRoom(int count, int bytes) {
        return events + count <= EVENTS && used + bytes <= size;
    }

    /** Keeps some lines, each with its line feed. @return whether they are on disk; else none of them is kept */
    boolean keep(byte[] lines, int count) {
        try {
            write(ByteBuffer.wrap(lines), used);
        } catch (IOException e) {
            LOG.warn("The audit's reserve takes nothing: {}", e.getMessage());
            try {
                write(ByteBuffer.allocate(lines.length), used);
            } catch (IOException alsoFailed) {
                LOG.debug("nor its zeros", alsoFailed);
            }
            return false;
        }
        contents.writeBytes(lines);
        used += lines.length;
        events += count;
        return true;
    }

    private void write(ByteBuffer bytes, int from) throws IOException {
        int position = from;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        disk.sync(channel);
    }

    /** What it holds is in the audit now. */
    void clear() {
        contents.reset();
        if (used == 0) {
            return;
        }
        try {
            write(ByteBuffer.allocate(used), 0);
            used = 0;
            events = 0;
        } catch (IOException e) {
            LOG.warn("The audit's reserve could not be cleared: {}", e.getMessage());
        }
        takeBlocks();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
