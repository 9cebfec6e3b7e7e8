package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our ends of a command's streams: three pipes, or one terminal. One thread may read and one write; both wait inside the
 * kernel. Any thread may {@link #wake} and {@link #close}.
 */
final class CommandStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandStreams.class);
    private static final int CHUNK = 32 * 1024;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final int POLLFD = 8; // bytes of a struct pollfd
    private static final int NONE = -1; // poll(2) looks over such a descriptor

    private final int output;
    private final int errors;
    private final int event;

    // Never freed by hand: a thread may still be inside a call with it.
    private final MemorySegment readBuffer = Arena.ofAuto().allocate(CHUNK);
    private final MemorySegment writeBuffer = Arena.ofAuto().allocate(CHUNK);

    // Only the reader touches these.
    private boolean outputEnded;
    private boolean errorsEnded;

    // Guarded by this. A descriptor is closed when nobody uses it: its number could be another
    // one's at once.
    private final int input;
    private final Set<Integer> open = new TreeSet<>();
    private int users;
    private boolean writing;
    private boolean inputEnded;
    private boolean woken;
    private boolean closed;

    private CommandStreams(int input, int output, int errors) throws IOException {
        this.input = input;
        this.output = output;
        this.errors = errors;
        this.errorsEnded = errors == NONE;
        this.event = CommandSystem.event();
        open.add(input);
        open.add(output);
        open.add(event);
        if (errors != NONE) {
            open.add(errors);
        }
    }

    /** Takes the descriptors over. */
    static CommandStreams ofPipes(int input, int output, int errors) throws IOException {
        CommandSystem.neverBlock(input);
        CommandSystem.neverBlock(output);
        CommandSystem.neverBlock(errors);
        return new CommandStreams(input, output, errors);
    }

    /** Takes the descriptor over, which must never block. */
    static CommandStreams ofTerminal(int master) throws IOException {
        return new CommandStreams(master, master, NONE);
    }

    Output read(ByteBuffer into) throws IOException {
        if (!enter()) {
            return Output.END;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment questions = arena.allocate(3L * POLLFD, 4);
            while (!(outputEnded && errorsEnded)) {
                ask(questions, 0, outputEnded ? NONE : output, POLLIN);
                ask(questions, 1, errorsEnded ? NONE : errors, POLLIN);
                ask(questions, 2, event, POLLIN);
                poll(questions, 3);
                if (answered(questions, 0)) {
                    if (transferred(output, into)) {
                        return Output.STDOUT;
                    }
                    outputEnded = true;
                } else if (answered(questions, 1)) {
                    if (transferred(errors, into)) {
                        return Output.STDERR;
                    }
                    errorsEnded = true;
                } else if (answered(questions, 2)) {
                    return Output.END;
                }
            }
            return Output.END;
        } finally {
            leave();
        }
    }

    /** False at the end of the stream; a terminal's end is EIO. */
    private boolean transferred(int descriptor, ByteBuffer into) throws IOException {
        long most = Math.min(into.remaining(), CHUNK);
        while (true) {
            long count = CommandSystem.read(descriptor, readBuffer.asSlice(0, most));
            if (count > 0) {
                into.put(readBuffer.asSlice(0, count).asByteBuffer());
                return true;
            }
            if (count == 0 || count == -CommandSystem.EIO) {
                return false;
            }
            if (count == -CommandSystem.EAGAIN) {
                return true; // nothing after all
            }
            if (count != -CommandSystem.EINTR) {
                throw new IOException("read failed with errno " + -count);
            }
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!enterToWrite()) {
                throw new EOFException("the command reads no more");
            }
            try {
                writeSome(bytes);
            } finally {
                leaveFromWriting();
            }
        }
    }

    private void writeSome(ByteBuffer bytes) throws IOException {
        MemorySegment chunk = writeBuffer.asSlice(0, Math.min(bytes.remaining(), CHUNK));
        chunk.asByteBuffer().put(bytes.slice().limit((int) chunk.byteSize()));
        long count = CommandSystem.write(input, chunk);
        if (count >= 0) {
            bytes.position(bytes.position() + (int) count);
        } else if (count == -CommandSystem.EAGAIN) {
            awaitRoom();
        } else if (count != -CommandSystem.EINTR) {
            throw new EOFException("the command reads no more");
        }
    }

    private void awaitRoom() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment questions = arena.allocate(2L * POLLFD, 4);
            ask(questions, 0, input, POLLOUT);
            ask(questions, 1, event, POLLIN);
            poll(questions, 2);
            if (answered(questions, 1) && !answered(questions, 0)) {
                throw new EOFException("the command has ended");
            }
        }
    }

    /** Closes the pipe to the command; a terminal stays, because it is for output too. */
    synchronized void endInput() {
        inputEnded = true;
        closeInputIfEnded();
    }

    private void closeInputIfEnded() {
        if (inputEnded && !writing && input != output && open.remove(input)) {
            CommandSystem.close(input);
        }
    }

    /** Something with one of the descriptors, which stay open meanwhile. A failure has no effect. */
    interface Use {
        void it() throws IOException;
    }

    void use(Use use) {
        if (enter()) {
            try {
                use.it();
            } catch (IOException e) {
                LOG.debug("A request to a command failed: {}", e.getMessage());
            } finally {
                leave();
            }
        }
    }

    /** Whoever waits for output gets what is there, and then the end. */
    synchronized void wake() {
        if (!woken && !(closed && users == 0)) {
            woken = true;
            try (Arena arena = Arena.ofConfined()) {
                CommandSystem.write(event, arena.allocateFrom(JAVA_LONG, 1L));
            }
        }
    }

    @Override
    public synchronized void close() {
        wake();
        closed = true;
        releaseIfUnused();
    }

    private synchronized boolean enter() {
        if (closed) {
            return false;
        }
        users++;
        return true;
    }

    private synchronized void leave() {
        users--;
        releaseIfUnused();
    }

    private synchronized boolean enterToWrite() {
        writing = !inputEnded && enter();
        return writing;
    }

    private synchronized void leaveFromWriting() {
        writing = false;
        closeInputIfEnded();
        leave();
    }

    private void releaseIfUnused() {
        if (closed && users == 0) {
            open.forEach(CommandSystem::close);
            open.clear();
        }
    }

    private static void ask(MemorySegment questions, int place, int descriptor, short what) {
        long at = (long) place * POLLFD;
        questions.set(JAVA_INT, at, descriptor);
        questions.set(JAVA_SHORT, at + 4, what);
        questions.set(JAVA_SHORT, at + 6, (short) 0);
    }

    private static boolean answered(MemorySegment questions, int place) {
        return questions.get(JAVA_SHORT, (long) place * POLLFD + 6) != 0;
    }

    private static void poll(MemorySegment questions, int count) throws IOException {
        long ready = CommandSystem.poll(questions, count, -1);
        if (ready < 0 && ready != -CommandSystem.EINTR) {
            throw new IOException("poll failed with errno " + -ready);
        }
    }
}
