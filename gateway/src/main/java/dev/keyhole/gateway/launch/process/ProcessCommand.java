package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A command on this machine: its streams, its terminal if it has one, and its processes. */
final class ProcessCommand implements RunningCommand {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final CommandProcess process;
    private final CommandStreams streams;
    private final Optional<PtyMaster> terminal;

    ProcessCommand(CommandProcess process, CommandStreams streams, Optional<PtyMaster> terminal) {
        this.process = process;
        this.streams = streams;
        this.terminal = terminal;
    }

    @Override
    public Output read(ByteBuffer into) throws IOException {
        return streams.read(into);
    }

    @Override
    public void write(ByteBuffer input) throws IOException {
        streams.write(input);
    }

    @Override
    public void endInput() {
        streams.endInput();
    }

    @Override
    public void resize(WindowSize size) {
        streams.use(() -> {
            if (terminal.isPresent()) {
                terminal.get().resize(size);
            }
        });
    }

    @Override
    public void signal(CommandSignal signal) {
        streams.use(() -> {
            int foreground = terminal.isPresent() ? terminal.get().foreground() : 0;
            if (foreground > 1) {
                process.signalGroup(foreground, signal.number());
            } else {
                process.signal(signal.number());
            }
        });
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        return process.await();
    }

    @Override
    public void close() {
        process.hangUp(GRACE);
        streams.close();
    }
}
