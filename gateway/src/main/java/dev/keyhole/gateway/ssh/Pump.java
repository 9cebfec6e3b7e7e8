package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.workspace.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.channel.LocalWindow;

/**
 * Sixth step: moves the bytes, both ways at once, and counts them. Each direction ends by itself, as in plain TCP: an
 * EOF of one side is passed on and the other direction goes on. Where the principal's speed is limited, both wait for
 * their turns.
 *
 * <p>{@link #down} and {@link #up} each run on a thread of their own; the counts may be read from any.
 */
final class Pump {
    private final ByteStream service;
    private final ByteQueue fromClient;
    private final LocalWindow window;
    private final ChannelWriter writer;
    private final ForwardPlace place;
    private final Carried carried;
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();

    Pump(
            ByteStream service,
            ByteQueue fromClient,
            LocalWindow window,
            ChannelWriter writer,
            ForwardPlace place,
            Carried carried) {
        this.service = service;
        this.fromClient = fromClient;
        this.window = window;
        this.writer = writer;
        this.place = place;
        this.carried = carried;
    }

    /** From the service to the client, until the service has no more. */
    void down() throws IOException, InterruptedException {
        byte[] bytes = new byte[ChannelWriter.LARGEST_PACKET];
        while (true) {
            int piece = place.down().piece(writer.awaitSpace());
            int read = service.read(ByteBuffer.wrap(bytes, 0, piece));
            if (read < 0) {
                writer.flush();
                return;
            }
            place.down().pass(read);
            writer.send(bytes, read);
            bytesOut.addAndGet(read);
            carried.out(read);
        }
    }

    /**
     * From the client to the service, until the client has no more. The window is given back only when the bytes are
     * with the service, so at most one window is ever held here.
     */
    void up() throws IOException, InterruptedException {
        for (ByteBuffer bytes = fromClient.take(); bytes != null; bytes = fromClient.take()) {
            while (bytes.hasRemaining()) {
                int piece = place.up().piece(bytes.remaining());
                place.up().pass(piece);
                deliver(bytes.slice(bytes.position(), piece));
                bytes.position(bytes.position() + piece);
                window.release(piece);
            }
        }
        service.endOutput();
    }

    private void deliver(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int written = service.write(bytes);
            bytesIn.addAndGet(written);
            carried.in(written);
        }
    }

    /** From the client to the service. */
    long bytesIn() {
        return bytesIn.get();
    }

    /** From the service to the client. */
    long bytesOut() {
        return bytesOut.get();
    }
}
