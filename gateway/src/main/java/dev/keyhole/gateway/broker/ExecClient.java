package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door's side of one command. A thread of its own reads the broker's frames and never waits for anybody, because
 * both directions have windows.
 */
final class ExecClient implements RunningCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ExecClient.class);

    /** What a command ends with that nobody could wait for: SIGHUP. */
    private static final CommandEnd LOST = new CommandEnd.Killed(1);

    private final SocketChannel channel;
    private final Frames frames;
    private final Credit input = new Credit();
    private final ChunkQueue<Frame.OutputBytes> output = new ChunkQueue<>();
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();

    // Only the reader touches it: what did not fit the last time.
    private Frame.@Nullable OutputBytes rest;

    private ExecClient(SocketChannel channel, Frames frames) {
        this.channel = channel;
        this.frames = frames;
    }

    /** Takes the connection over, over which the broker said that the command runs. */
    static RunningCommand over(SocketChannel channel, Frames frames) {
        var client = new ExecClient(channel, frames);
        Thread.ofVirtual().name("exec").start(client::listen);
        return client;
    }

    private void listen() {
        try {
            for (Optional<Frame> next = frames.read(); next.isPresent(); next = frames.read()) {
                switch (next.get()) {
                    case Frame.OutputBytes chunk -> output.put(chunk, chunk.bytes().remaining());
                    case Frame.Taken(int count) -> input.back(count);
                    case Frame.Ended(CommandEnd how) -> {
                        end.complete(how);
                        return;
                    }
                    case Frame.Run run -> throw new IOException("the broker asks for a command");
                    case Frame.Running running -> throw new IOException("it ran already");
                    case Frame.Failed failed -> throw new IOException(failed.text());
                    case Frame.Input in -> throw new IOException("the broker sends input");
                    case Frame.InputEnd in -> throw new IOException("the broker sends input");
                    case Frame.Resize resize -> throw new IOException("the broker resizes");
                    case Frame.Signal signal -> throw new IOException("the broker signals");
                }
            }
        } catch (IOException e) {
            LOG.debug("A command's connection to the broker ended: {}", e.getMessage());
        } finally {
            end.complete(LOST);
            output.end();
            input.end();
        }
    }

    @Override
    public Output read(ByteBuffer into) throws IOException, InterruptedException {
        Frame.OutputBytes chunk = rest == null ? output.take() : rest;
        if (chunk == null) {
            return Output.END;
        }
        ByteBuffer bytes = chunk.bytes();
        int count = Math.min(bytes.remaining(), into.remaining());
        into.put(bytes.slice().limit(count));
        bytes.position(bytes.position() + count);
        rest = bytes.hasRemaining() ? chunk : null;
        output.taken(count);
        tell(new Frame.Taken(count));
        return chunk.stream();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException, InterruptedException {
        while (bytes.hasRemaining()) {
            int spent = input.spend(Math.min(bytes.remaining(), Frame.CHUNK));
            if (spent == 0) {
                throw new EOFException("the command has ended");
            }
            frames.write(new Frame.Input(bytes.slice().limit(spent)));
            bytes.position(bytes.position() + spent);
        }
    }

    @Override
    public void endInput() {
        tell(new Frame.InputEnd());
    }

    @Override
    public void resize(WindowSize size) {
        tell(new Frame.Resize(size));
    }

    @Override
    public void signal(CommandSignal signal) {
        tell(new Frame.Signal(signal));
    }

    /** A command that is over, or a broker that is gone, shows when reading. */
    private void tell(Frame frame) {
        try {
            frames.write(frame);
        } catch (IOException e) {
            LOG.debug("A command did not hear of {}", frame.letter());
        }
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the wait for an end cannot fail", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
