package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * What a session channel was told before it is asked to run something: terminal and environment (RFC 4254, sections 6.2
 * and 6.4). Only MINA's thread touches it.
 */
final class CommandWishes {
    private CommandEnvironment environment = CommandEnvironment.NONE;
    private Optional<Terminal> terminal = Optional.empty();

    /** A {@code pty-req} behind its name and reply wish. */
    void terminal(Buffer buffer) {
        String term = buffer.getString();
        WindowSize size = size(buffer);
        terminal = Optional.of(new Terminal(term, size, TerminalModes.parse(buffer.getBytes())));
    }

    /** Columns, rows, and both in pixels, as in {@code window-change} too. */
    static WindowSize size(Buffer buffer) {
        return WindowSize.of(
                buffer.getUInt(), buffer.getUInt(), buffer.getUInt(), buffer.getUInt());
    }

    /** False when the variable is none that may come along. */
    boolean variable(String name, String value) {
        boolean allowed = environment.takes(name, value);
        if (allowed) {
            environment = environment.with(name, value);
        }
        return allowed;
    }

    Command command(Command.Program program) {
        // A file transfer on a terminal would have its bytes translated.
        boolean plain = program instanceof Command.Sftp;
        return new Command(program, environment, plain ? Optional.empty() : terminal);
    }
}
