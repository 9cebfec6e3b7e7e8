package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The calls of the C library for descriptors that Java has no word for: terminals, pipes, and waits for several at once.
 * Numbers are those of Linux on x86-64 and arm64, which are the same.
 *
 * <p>Thread-safe. A result below zero becomes an {@link IOException} with the name of the call and errno(3), but for the
 * few that callers tell apart.
 */
final class CommandSystem {
    static final int EAGAIN = 11;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EPIPE = 32;

    static final int O_RDWR = 2;
    static final int O_NOCTTY = 0400;
    static final int O_NONBLOCK = 04000;
    static final int O_CLOEXEC = 02000000;

    private static final int F_SETFL = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

    private static final FunctionDescriptor INT_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final FunctionDescriptor ON_STRUCT =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);

    private static final MethodHandle READ = handle("read", TRANSFER);
    private static final MethodHandle WRITE = handle("write", TRANSFER);
    private static final MethodHandle CLOSE = handle("close", INT_INT);
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle PIPE =
            handle("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle EVENTFD =
            handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle FCNTL =
            handle(
                    "fcntl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL =
            handle(
                    "ioctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle OPEN =
            handle(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle GET_MODES = handle("tcgetattr", ON_STRUCT);
    private static final MethodHandle SET_MODES =
            handle("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    /** A call whose errno is caught in the segment that it is given. */
    private interface Call {
        long with(MemorySegment state) throws Throwable;
    }

    private CommandSystem() {}

    /** Bytes read; 0 at the end; {@code -errno} when it failed. */
    static long read(int descriptor, MemorySegment into) {
        return raw(state -> (long) READ.invokeExact(state, descriptor, into, into.byteSize()));
    }

    /** Bytes written, or {@code -errno}. */
    static long write(int descriptor, MemorySegment from) {
        return raw(state -> (long) WRITE.invokeExact(state, descriptor, from, from.byteSize()));
    }

    /** How many of these {@code struct pollfd} are ready, or {@code -errno}; waits for ever with -1. */
    static long poll(MemorySegment questions, int count, int millis) {
        return raw(state -> (int) POLL.invokeExact(state, questions, (long) count, millis));
    }

    static void close(int descriptor) {
        raw(state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /** Two descriptors, closed at an exec: what is written to the second comes out of the first. */
    static int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            checked("pipe2", state -> (int) PIPE.invokeExact(state, ends, O_CLOEXEC));
            return new int[] {ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1)};
        }
    }

    /** A counter that can be waited for. */
    static int event() throws IOException {
        return (int)
                checked(
                        "eventfd",
                        state -> (int) EVENTFD.invokeExact(state, 0, O_CLOEXEC | O_NONBLOCK));
    }

    static void neverBlock(int descriptor) throws IOException {
        checked("fcntl", state -> (int) FCNTL.invokeExact(state, descriptor, F_SETFL, O_NONBLOCK));
    }

    static void control(int descriptor, long request, MemorySegment argument) throws IOException {
        checked("ioctl", state -> (int) IOCTL.invokeExact(state, descriptor, request, argument));
    }

    /** A device that does not become our terminal, that never blocks, and that is closed at an exec. */
    static int openDevice(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            int how = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
            return (int) checked("open", state -> (int) OPEN.invokeExact(state, name, how));
        }
    }

    static void terminalModes(int master, MemorySegment termios) throws IOException {
        checked("tcgetattr", state -> (int) GET_MODES.invokeExact(state, master, termios));
    }

    static void setTerminalModes(int master, MemorySegment termios) throws IOException {
        checked("tcsetattr", state -> (int) SET_MODES.invokeExact(state, master, 0, termios));
    }

    private static long checked(String name, Call call) throws IOException {
        long result = raw(call);
        if (result < 0) {
            throw new IOException(name + " failed with errno " + -result);
        }
        return result;
    }

    private static long raw(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.with(state);
            return result < 0 ? -(long) state.get(JAVA_INT, 0) : result;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library cannot be made", e);
        }
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor types, Linker.Option... options) {
        Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = ERRNO;
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types, all);
    }
}
