package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** A command without a process: what goes in comes out, and it remembers what it was told. */
final class EchoedCommand implements RunningCommand {
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    final Command command;
    final List<Object> told = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch closed = new CountDownLatch(1);
    private final LinkedBlockingQueue<ByteBuffer> echo = new LinkedBlockingQueue<>(1);
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();

    EchoedCommand(Command command) {
        this.command = command;
    }

    @Override
    public Output read(ByteBuffer into) throws InterruptedException {
        ByteBuffer next = echo.peek();
        while (next == null && closed.getCount() > 0) {
            if (closed.await(1, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                return Output.END;
            }
            next = echo.peek();
        }
        if (next == null || !next.hasRemaining()) {
            end.complete(new CommandEnd.Exited(7));
            return Output.END;
        }
        while (next.hasRemaining() && into.hasRemaining()) {
            into.put(next.get());
        }
        if (!next.hasRemaining()) {
            echo.remove();
        }
        return Output.STDOUT;
    }

    @Override
    public void write(ByteBuffer input) throws IOException, InterruptedException {
        if (closed.getCount() == 0) {
            throw new EOFException("closed");
        }
        ByteBuffer copy = ByteBuffer.allocate(input.remaining()).put(input).flip();
        echo.put(copy);
    }

    @Override
    public void endInput() {
        try {
            echo.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void resize(WindowSize size) {
        told.add(size);
    }

    @Override
    public void signal(CommandSignal signal) {
        told.add(signal);
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end.complete(new CommandEnd.Killed(1));
        closed.countDown();
        echo.clear();
    }
}
