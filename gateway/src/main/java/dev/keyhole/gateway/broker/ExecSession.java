package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The broker's side of one command: the connection's thread reads what the door says and never waits for the command;
 * two more carry input and output. When the door's end of the connection goes, the command is hung up.
 */
final class ExecSession {
    private final Frames frames;
    private final RunningCommand command;
    private final ChunkQueue<ByteBuffer> input = new ChunkQueue<>();
    private final Credit output = new Credit();

    private ExecSession(Frames frames, RunningCommand command) {
        this.frames = frames;
        this.command = command;
    }

    /** Reads what to run, runs it, and returns when the door has let go. */
    static void serve(PrincipalName owner, Launcher launcher, Frames frames)
            throws IOException, InterruptedException {
        if (!(frames.read().orElse(null) instanceof Frame.Run(var wanted))) {
            throw new IOException("an exec begins with a command");
        }
        RunningCommand command;
        try {
            command = launcher.exec(owner, wanted);
        } catch (LaunchFailure e) {
            frames.write(new Frame.Failed(e.getMessage()));
            return;
        }
        try (command) {
            frames.write(new Frame.Running());
            new ExecSession(frames, command).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Thread up = Thread.ofPlatform().name("broker-input").daemon().start(this::carryInput);
        Thread down = Thread.ofPlatform().name("broker-output").daemon().start(this::carryOutput);
        try {
            listen();
        } finally {
            command.close();
            input.end();
            output.end();
            up.interrupt();
            up.join();
            down.join();
        }
    }

    private void listen() throws IOException {
        for (Optional<Frame> next = frames.read(); next.isPresent(); next = frames.read()) {
            boolean allowed =
                    switch (next.get()) {
                        case Frame.Input(var bytes) -> input.put(bytes, bytes.remaining());
                        case Frame.InputEnd end -> {
                            input.end();
                            yield true;
                        }
                        case Frame.Resize(var size) -> {
                            command.resize(size);
                            yield true;
                        }
                        case Frame.Signal(var signal) -> {
                            command.signal(signal);
                            yield true;
                        }
                        case Frame.Taken(int count) -> output.back(count);
                        case Frame.Run run -> false;
                        case Frame.Running running -> false;
                        case Frame.Failed failed -> false;
                        case Frame.OutputBytes bytes -> false;
                        case Frame.Ended ended -> false;
                    };
            if (!allowed) {
                throw new IOException("the door broke the protocol of exec");
            }
        }
    }

    private void carryInput() {
        try {
            for (ByteBuffer bytes = input.take(); bytes != null; bytes = input.take()) {
                int length = bytes.remaining();
                write(bytes);
                input.taken(length);
                if (length > 0) {
                    frames.write(new Frame.Taken(length));
                }
            }
            command.endInput();
        } catch (IOException | InterruptedException e) {
            // the connection is gone, and the command with it
        }
    }

    /** What the command does not want is taken all the same, or the client would wait for ever. */
    private void write(ByteBuffer bytes) throws InterruptedException {
        try {
            command.write(bytes);
        } catch (IOException e) {
            // it reads no more; its end tells the client
        }
    }

    private void carryOutput() {
        try {
            int spent = output.spend(Frame.CHUNK);
            while (spent > 0) {
                ByteBuffer bytes = ByteBuffer.allocate(spent);
                Output stream = command.read(bytes);
                if (stream == Output.END) {
                    break;
                }
                bytes.flip();
                output.back(spent - bytes.remaining());
                if (bytes.hasRemaining()) {
                    frames.write(new Frame.OutputBytes(stream, bytes));
                }
                spent = output.spend(Frame.CHUNK);
            }
            frames.write(new Frame.Ended(command.await()));
        } catch (IOException | InterruptedException e) {
            // the connection is gone, and the command with it
        }
    }
}
