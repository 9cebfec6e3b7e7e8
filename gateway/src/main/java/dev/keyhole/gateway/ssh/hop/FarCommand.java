package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command at a host. Threads as {@link RunningCommand} says; none of its waits is inside the kernel. */
final class FarCommand implements RunningCommand {
    private static final Logger LOG = LoggerFactory.getLogger(FarCommand.class);

    private final FarChannel channel;
    private final boolean onTerminal;

    private FarCommand(FarChannel channel, boolean onTerminal) {
        this.channel = channel;
        this.onTerminal = onTerminal;
    }

    /**
     * Asks for it in an open session channel.
     *
     * @return what the host says to each part; the command runs when all say yes
     */
    static List<CompletableFuture<Boolean>> ask(FarChannel channel, Command command)
            throws IOException {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        if (command.terminal().isPresent()) {
            Terminal terminal = command.terminal().get();
            answers.add(channel.request("pty-req", packet -> describe(terminal, packet)));
        }
        for (var variable : command.environment().variables().entrySet()) {
            // Which ones it takes is the host's business, so no answer is asked for.
            channel.tell(
                    "env",
                    packet -> {
                        packet.putString(variable.getKey());
                        packet.putString(variable.getValue());
                    });
        }
        answers.add(
                switch (command.program()) {
                    case Command.Shell shell -> channel.request("shell", packet -> {});
                    case Command.Line(String text) ->
                            channel.request("exec", packet -> packet.putString(text));
                    case Command.Sftp sftp ->
                            channel.request("subsystem", packet -> packet.putString("sftp"));
                });
        return answers;
    }

    static FarCommand of(FarChannel channel, Command command) {
        return new FarCommand(channel, command.terminal().isPresent());
    }

    /** RFC 4254, section 6.2. */
    private static void describe(Terminal terminal, Buffer packet) {
        packet.putString(terminal.term());
        describe(terminal.size(), packet);
        Buffer modes = new ByteArrayBuffer();
        terminal.modes()
                .values()
                .forEach((opcode, value) -> {
                    modes.putByte(opcode.byteValue());
                    modes.putUInt(Integer.toUnsignedLong(value));
                });
        modes.putByte((byte) 0);
        packet.putBytes(modes.getCompactData());
    }

    private static void describe(WindowSize size, Buffer packet) {
        packet.putUInt(size.columns());
        packet.putUInt(size.rows());
        packet.putUInt(size.width());
        packet.putUInt(size.height());
    }

    @Override
    public Output read(ByteBuffer into) throws IOException, InterruptedException {
        Output from = channel.read(into);
        return onTerminal && from == Output.STDERR ? Output.STDOUT : from;
    }

    @Override
    public void write(ByteBuffer input) throws IOException, InterruptedException {
        while (input.hasRemaining()) {
            channel.write(input);
        }
    }

    @Override
    public void endInput() {
        if (!onTerminal) {
            tell(channel::endOutput);
        }
    }

    @Override
    public void resize(WindowSize size) {
        if (onTerminal) {
            tell(() -> channel.tell("window-change", packet -> describe(size, packet)));
        }
    }

    @Override
    public void signal(CommandSignal signal) {
        tell(() -> channel.tell("signal", packet -> packet.putString(signal.name())));
    }

    private interface Message {
        void send() throws IOException;
    }

    private static void tell(Message message) {
        try {
            message.send();
        } catch (IOException e) {
            LOG.debug("{}", e.toString()); // the command is over, or its host is gone
        }
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        try {
            return channel.end().get().commandEnd();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a channel cannot fail", e);
        }
    }

    /** The host hangs up what still runs when its channel goes (sshd: SIGHUP on a terminal, else closed pipes). */
    @Override
    public void close() {
        if (!channel.end().isDone()) {
            signal(CommandSignal.HUP);
        }
        channel.letGo();
    }
}
