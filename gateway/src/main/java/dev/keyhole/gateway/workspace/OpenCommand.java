package dev.keyhole.gateway.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A running command that its workspace counts until it is closed. As thread-safe as the command. */
final class OpenCommand implements RunningCommand {
    private final RunningCommand command;
    private final Consumer<OpenCommand> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenCommand(RunningCommand command, Consumer<OpenCommand> onClose) {
        this.command = command;
        this.onClose = onClose;
    }

    @Override
    public Output read(ByteBuffer into) throws IOException, InterruptedException {
        return command.read(into);
    }

    @Override
    public void write(ByteBuffer input) throws IOException, InterruptedException {
        command.write(input);
    }

    @Override
    public void endInput() {
        command.endInput();
    }

    @Override
    public void resize(WindowSize size) {
        command.resize(size);
    }

    @Override
    public void signal(CommandSignal signal) {
        command.signal(signal);
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        return command.await();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            command.close();
            onClose.accept(this);
        }
    }
}
