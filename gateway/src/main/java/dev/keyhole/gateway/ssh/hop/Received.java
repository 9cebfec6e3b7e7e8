package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.ssh.Chunks;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a host sent in one channel and nobody has read yet. The putter never blocks: the window that we gave bounds it.
 *
 * <p>Thread-safe for one putter and one reader.
 */
final class Received {
    // Guarded by this.
    private final Chunks output = new Chunks();
    private final Chunks complaints = new Chunks();
    private boolean ended;
    private @Nullable String broken;

    // The reader's only.
    private @Nullable ByteBuffer current;
    private Output currentFrom = Output.STDOUT;

    synchronized void put(Output from, byte[] bytes, int offset, int length) {
        if (!ended) {
            (from == Output.STDERR ? complaints : output).put(bytes, offset, length);
            notifyAll();
        }
    }

    /** No more will come; what is here can still be read. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** It ended in the middle, unless it had ended before. */
    synchronized void breakOff(String why) {
        if (!ended) {
            broken = why;
        }
        end();
    }

    /** Nobody reads any more: a reader that waits is told. */
    synchronized void discard() {
        output.clear();
        complaints.clear();
        breakOff("it was closed");
    }

    /**
     * Waits for some and moves them into the buffer.
     *
     * @return where they came from; END when nothing was moved and nothing will come
     * @throws IOException when it ended in the middle
     */
    Output read(ByteBuffer into) throws IOException, InterruptedException {
        ByteBuffer bytes = current;
        if (bytes == null) {
            bytes = next();
            if (bytes == null) {
                return Output.END;
            }
        }
        int length = Math.min(bytes.remaining(), into.remaining());
        into.put(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        current = bytes.hasRemaining() ? bytes : null;
        return currentFrom;
    }

    private synchronized @Nullable ByteBuffer next() throws IOException, InterruptedException {
        while (output.isEmpty() && complaints.isEmpty() && !ended) {
            wait();
        }
        if (!complaints.isEmpty()) {
            currentFrom = Output.STDERR;
            return complaints.poll();
        }
        ByteBuffer bytes = output.poll();
        currentFrom = Output.STDOUT;
        if (bytes == null && broken != null) {
            throw new IOException(broken);
        }
        return bytes;
    }
}
