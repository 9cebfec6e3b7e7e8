package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import dev.keyhole.gateway.workspace.WindowSize;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What both sides say to each other while a command runs: a letter, a length, a body. The package's page has the table.
 */
sealed interface Frame {
    /** Longest body in bytes. A command line of 32 Ki letters has at most 96 KiB. */
    int LONGEST = 112 * 1024;

    /** Most bytes of one stream in a frame. */
    int CHUNK = 32 * 1024;

    /** How many bytes of a stream may be under way before the receiver says that it has taken some. */
    int WINDOW = 256 * 1024;

    /** The first of the door: what to run. */
    record Run(Command command) implements Frame {}

    /** The first of the broker: it runs. */
    record Running() implements Frame {}

    /** Instead: it does not, and why. */
    record Failed(String text) implements Frame {}

    /** For the command's standard input. */
    record Input(ByteBuffer bytes) implements Frame {}

    record InputEnd() implements Frame {}

    record Resize(WindowSize size) implements Frame {}

    record Signal(CommandSignal signal) implements Frame {}

    /** From the command; never END. */
    record OutputBytes(Output stream, ByteBuffer bytes) implements Frame {}

    /** So many bytes of the other direction were taken and do not count as under way any more. */
    record Taken(int count) implements Frame {}

    /** The last of the broker. */
    record Ended(CommandEnd end) implements Frame {}

    default char letter() {
        return switch (this) {
            case Run run -> 'C';
            case Running running -> 'R';
            case Failed failed -> 'F';
            case Input input -> 'I';
            case InputEnd end -> 'Z';
            case Resize resize -> 'W';
            case Signal signal -> 'S';
            case OutputBytes(Output stream, ByteBuffer bytes) ->
                    stream == Output.STDERR ? 'E' : 'O';
            case Taken taken -> 'T';
            case Ended(CommandEnd end) -> end instanceof CommandEnd.Killed ? 'K' : 'X';
        };
    }

    default ByteBuffer body() {
        return switch (this) {
            case Run(Command command) -> CommandHeader.write(command);
            case Running running -> ByteBuffer.allocate(0);
            case Failed(String text) -> text(text);
            case Input(ByteBuffer bytes) -> bytes.duplicate();
            case InputEnd end -> ByteBuffer.allocate(0);
            case Resize(WindowSize size) -> CommandHeader.write(size);
            case Signal(CommandSignal signal) -> text(signal.name());
            case OutputBytes(Output stream, ByteBuffer bytes) -> bytes.duplicate();
            case Taken(int count) -> number(count);
            case Ended(CommandEnd end) ->
                    number(
                            switch (end) {
                                case CommandEnd.Exited(int status) -> status;
                                case CommandEnd.Killed(int signal) -> signal;
                            });
        };
    }

    /** Empty for everything that is not exactly a frame. */
    static Optional<Frame> parse(char letter, ByteBuffer body) {
        try {
            Optional<Frame> frame = read(letter, body);
            return body.hasRemaining() ? Optional.empty() : frame;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Optional<Frame> read(char letter, ByteBuffer body) {
        return switch (letter) {
            case 'C' -> Optional.of(new Run(CommandHeader.read(body)));
            case 'R' -> Optional.of(new Running());
            case 'F' -> Optional.of(new Failed(text(body)));
            case 'I' -> Optional.of(new Input(chunk(body)));
            case 'Z' -> Optional.of(new InputEnd());
            case 'W' -> Optional.of(new Resize(CommandHeader.readSize(body)));
            case 'S' -> CommandSignal.of(text(body)).map(Signal::new);
            case 'O' -> Optional.of(new OutputBytes(Output.STDOUT, chunk(body)));
            case 'E' -> Optional.of(new OutputBytes(Output.STDERR, chunk(body)));
            case 'T' -> Optional.of(new Taken(number(body, 1, WINDOW)));
            case 'X' -> Optional.of(new Ended(new CommandEnd.Exited(number(body, 0, 255))));
            case 'K' -> Optional.of(new Ended(new CommandEnd.Killed(number(body, 1, 127))));
            default -> Optional.empty();
        };
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static ByteBuffer chunk(ByteBuffer body) {
        if (body.remaining() > CHUNK) {
            throw new IllegalArgumentException("more than a chunk");
        }
        ByteBuffer bytes = body.slice();
        body.position(body.limit());
        return bytes;
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }

    private static int number(ByteBuffer body, int least, int most) {
        int number = body.getInt();
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }
}
