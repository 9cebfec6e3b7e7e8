package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Command} as bytes: kind, text, variables, terminal. A text is its length in four bytes and UTF-8; there is no
 * place for a program's path or a user's name. What a command may hold, its own constructors check.
 */
final class CommandHeader {
    private static final byte SHELL = 0;
    private static final byte LINE = 1;
    private static final byte SFTP = 2;

    private CommandHeader() {}

    static ByteBuffer write(Command command) {
        ByteBuffer into = ByteBuffer.allocate(Frame.LONGEST);
        switch (command.program()) {
            case Command.Shell shell -> into.put(SHELL);
            case Command.Line line -> put(into.put(LINE), line.text());
            case Command.Sftp sftp -> into.put(SFTP);
        }
        into.put((byte) command.environment().variables().size());
        command.environment()
                .variables()
                .forEach((name, value) -> {
                    put(into, name);
                    put(into, value);
                });
        into.put((byte) (command.terminal().isPresent() ? 1 : 0));
        command.terminal()
                .ifPresent(terminal -> {
                    put(into, terminal.term());
                    into.put(write(terminal.size()));
                    into.put((byte) terminal.modes().values().size());
                    terminal.modes()
                            .values()
                            .forEach((opcode, value) -> into.put(opcode.byteValue()).putInt(value));
                });
        return into.flip();
    }

    /** @throws IllegalArgumentException or BufferUnderflowException when it is no command */
    static Command read(ByteBuffer from) {
        Command.Program program =
                switch (from.get()) {
                    case SHELL -> new Command.Shell();
                    case LINE -> new Command.Line(text(from));
                    case SFTP -> new Command.Sftp();
                    default -> throw new IllegalArgumentException("no such kind");
                };
        Map<String, String> variables = new LinkedHashMap<>();
        for (int left = from.get(); left > 0; left--) {
            variables.put(text(from), text(from));
        }
        return new Command(program, new CommandEnvironment(variables), terminal(from));
    }

    private static Optional<Terminal> terminal(ByteBuffer from) {
        if (from.get() == 0) {
            return Optional.empty();
        }
        String term = text(from);
        WindowSize size = readSize(from);
        Map<Integer, Integer> modes = new LinkedHashMap<>();
        for (int left = from.get() & 0xff; left > 0; left--) {
            modes.put(from.get() & 0xff, from.getInt());
        }
        return Optional.of(new Terminal(term, size, new TerminalModes(modes)));
    }

    static ByteBuffer write(WindowSize size) {
        return ByteBuffer.allocate(4 * Short.BYTES)
                .putShort((short) size.columns())
                .putShort((short) size.rows())
                .putShort((short) size.width())
                .putShort((short) size.height())
                .flip();
    }

    static WindowSize readSize(ByteBuffer from) {
        return new WindowSize(
                Short.toUnsignedInt(from.getShort()),
                Short.toUnsignedInt(from.getShort()),
                Short.toUnsignedInt(from.getShort()),
                Short.toUnsignedInt(from.getShort()));
    }

    private static void put(ByteBuffer into, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        into.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("a text that is longer than the whole");
        }
        ByteBuffer bytes = from.slice().limit(length);
        from.position(from.position() + length);
        try {
            CharBuffer text = UTF_8.newDecoder().decode(bytes);
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }
}
