package dev.keyhole.gateway.metrics;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A socket whose reads and writes end at a deadline, which the JDK offers for no unix socket. Used by one thread. */
final class TimedChannel implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /** @param channel still to be closed by who opened it */
    TimedChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    /**
     * Reads what is there, and waits for some.
     *
     * @param deadline by {@link System#nanoTime()}
     * @return how many bytes; -1 at the end of the stream, 0 at the deadline
     */
    int read(ByteBuffer into, long deadline) throws IOException {
        while (true) {
            int count = channel.read(into);
            if (count != 0 || !await(SelectionKey.OP_READ, deadline)) {
                return count;
            }
        }
    }

    /** Writes all of it; false when the deadline came first. */
    boolean write(ByteBuffer bytes, long deadline) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0 && !await(SelectionKey.OP_WRITE, deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Says that nothing follows. */
    void end() throws IOException {
        channel.shutdownOutput();
    }

    private boolean await(int operation, long deadline) throws IOException {
        key.interestOps(operation);
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            return false;
        }
        selector.selectedKeys().clear();
        return selector.select(left) > 0;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
