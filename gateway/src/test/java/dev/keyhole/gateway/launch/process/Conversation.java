package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** A test at the other end of a command. */
final class Conversation implements AutoCloseable {
    static final Terminal VT100 =
            new Terminal("vt100", new WindowSize(81, 25, 0, 0), TerminalModes.NONE);

    final RunningCommand command;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Conversation(RunningCommand command) {
        this.command = command;
    }

    static Conversation with(Workshop workshop, String line) throws LaunchFailure {
        return of(workshop, new Command.Line(line), Optional.empty());
    }

    static Conversation onTerminal(Workshop workshop, String line) throws LaunchFailure {
        return of(workshop, new Command.Line(line), Optional.of(VT100));
    }

    static Conversation of(Workshop workshop, Command.Program program, Optional<Terminal> terminal)
            throws LaunchFailure {
        var environment = new CommandEnvironment(Map.of("LC_TIME", "C"));
        return new Conversation(
                workshop.launcher()
                        .exec(Workshop.ADA, new Command(program, environment, terminal)));
    }

    Conversation say(String text) throws IOException, InterruptedException {
        command.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        return this;
    }

    /** Reads until the output holds a text. */
    Conversation await(String text) throws IOException, InterruptedException {
        while (!out().contains(text)) {
            if (!readSome()) {
                throw new AssertionError("it ended without '" + text + "': " + out() + err());
            }
        }
        return this;
    }

    private boolean readSome() throws IOException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        Output stream = command.read(bytes);
        (stream == Output.STDERR ? err : out).write(bytes.array(), 0, bytes.position());
        return stream != Output.END;
    }

    /** Reads everything and waits for the end. */
    CommandEnd end() throws IOException, InterruptedException {
        while (readSome()) {
            // more may come
        }
        return command.await();
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    @Override
    public void close() {
        command.close();
    }
}
