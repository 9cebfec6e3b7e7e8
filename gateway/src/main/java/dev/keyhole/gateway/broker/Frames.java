package dev.keyhole.gateway.broker;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Frames over a socket, bounded. One thread reads; any may write. */
final class Frames {
    private static final int HEAD = 1 + Integer.BYTES;

    private final SocketChannel channel;
    private final ByteBuffer before;
    private final Object writing = new Object(); // held while one frame is written

    /** @param before what was read from the channel already */
    Frames(SocketChannel channel, ByteBuffer before) {
        this.channel = channel;
        this.before = before;
    }

    /**
     * The next frame; empty at the end of the stream.
     *
     * @throws IOException when it is none, too long, or cut off
     */
    Optional<Frame> read() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (!fill(head)) {
            return Optional.empty();
        }
        char letter = (char) (head.get() & 0xff);
        int length = head.getInt();
        if (length < 0 || length > Frame.LONGEST) {
            throw new IOException("the frame is too long");
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(body)) {
            throw new EOFException("the frame was cut off");
        }
        return Optional.of(
                Frame.parse(letter, body).orElseThrow(() -> new IOException("that is no frame")));
    }

    /** Fills it and makes it ready to be read; false when there was no byte more. */
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (before.hasRemaining() && buffer.hasRemaining()) {
            buffer.put(before.get());
        }
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("the frame was cut off");
            }
        }
        buffer.flip();
        return true;
    }

    void write(Frame frame) throws IOException {
        ByteBuffer body = frame.body();
        ByteBuffer head =
                ByteBuffer.allocate(HEAD)
                        .put((byte) frame.letter())
                        .putInt(body.remaining())
                        .flip();
        ByteBuffer[] whole = {head, body};
        synchronized (writing) {
            while (head.hasRemaining() || body.hasRemaining()) {
                channel.write(whole);
            }
        }
    }
}
