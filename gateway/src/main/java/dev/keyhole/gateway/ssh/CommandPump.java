package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Moves the bytes of a command, both ways at once, and counts them, at most as fast as its principal may.
 *
 * <p>{@link #down} and {@link #up} each run on a platform thread of their own; the counts may be read from any.
 */
final class CommandPump {
    private final CommandChannel channel;
    private final ByteQueue fromClient;
    private final PrincipalUse use;
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();

    CommandPump(CommandChannel channel, ByteQueue fromClient, PrincipalUse use) {
        this.channel = channel;
        this.fromClient = fromClient;
        this.use = use;
    }

    /** From the command to the client, until the command has no more. For a client that is gone it is thrown away. */
    void down(RunningCommand command) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(ChannelWriter.LARGEST_PACKET);
        try {
            send(command, bytes);
        } catch (IOException e) {
            drop(command, bytes);
        }
    }

    private void send(RunningCommand command, ByteBuffer bytes)
            throws IOException, InterruptedException {
        ChannelWriter writer = channel.writer();
        while (true) {
            bytes.clear().limit(use.down().piece(writer.awaitSpace()));
            Output stream = command.read(bytes);
            if (stream == Output.END) {
                writer.flush();
                return;
            }
            int count = bytes.position();
            use.down().pass(count);
            if (stream == Output.STDERR) {
                writer.sendError(bytes.array(), count);
            } else {
                writer.send(bytes.array(), count);
            }
            bytesOut.addAndGet(count);
        }
    }

    private static void drop(RunningCommand command, ByteBuffer bytes) throws InterruptedException {
        try {
            do {
                bytes.clear();
            } while (command.read(bytes) != Output.END);
        } catch (IOException e) {
            // there is no more to come
        }
    }

    /**
     * From the client to the command, until the client has no more. The window is given back only when the command has
     * the bytes, so at most one window is ever held here. What a command does not want to read is thrown away, as sshd
     * does: the client must not wait for it.
     */
    void up(RunningCommand command) {
        boolean wanted = true;
        try {
            for (ByteBuffer bytes = fromClient.take(); bytes != null; bytes = fromClient.take()) {
                while (bytes.hasRemaining()) {
                    int piece = use.up().piece(bytes.remaining());
                    use.up().pass(piece);
                    wanted = wanted && delivered(command, bytes.slice(bytes.position(), piece));
                    bytes.position(bytes.position() + piece);
                    channel.window().release(piece);
                }
            }
            command.endInput();
        } catch (IOException e) {
            fromClient.discard(); // the client is gone
        } catch (InterruptedException e) {
            // the command has ended
        }
    }

    private boolean delivered(RunningCommand command, ByteBuffer bytes)
            throws InterruptedException {
        int count = bytes.remaining();
        try {
            command.write(bytes);
            bytesIn.addAndGet(count);
            return true;
        } catch (IOException e) {
            bytesIn.addAndGet(count - bytes.remaining());
            return false;
        }
    }

    /** From the client to the command. */
    long bytesIn() {
        return bytesIn.get();
    }

    /** From the command to the client. */
    long bytesOut() {
        return bytesOut.get();
    }
}
