package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * A handle on one process that no other process can ever take over, unlike its pid: pidfd_open(2). It tells when the
 * process ends, whoever its parent is.
 *
 * <p>A wait holds the calling thread inside the kernel: use a platform thread. Needs {@code --enable-native-access}.
 */
final class Pidfd implements AutoCloseable {
    private static final long PIDFD_OPEN = 434; // the same on every architecture
    private static final short POLLIN = 1;
    private static final int LOOK_UP_MILLIS = 250;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL =
            handle(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int descriptor;

    private Pidfd(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Empty when there is no such process, or the kernel (before 5.3, some sandboxes) has no pidfds. */
    static Optional<Pidfd> open(long pid) {
        try {
            long descriptor = (long) SYSCALL.invokeExact(PIDFD_OPEN, pid, 0L);
            return descriptor < 0 ? Optional.empty() : Optional.of(new Pidfd((int) descriptor));
        } catch (Throwable e) {
            throw new IllegalStateException("pidfd_open cannot be called", e);
        }
    }

    /** Returns whether the process ended within that time. */
    boolean awaitExit(Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment question = arena.allocate(8, 4); // struct pollfd
            question.set(JAVA_INT, 0, descriptor);
            question.set(JAVA_SHORT, 4, POLLIN);
            while (true) {
                long left =
                        atMost.toMillis() - Duration.ofNanos(System.nanoTime() - start).toMillis();
                // In slices, because an interrupt does not end a poll(2).
                if (poll(question, Math.clamp(left, 0, LOOK_UP_MILLIS)) > 0) {
                    return true;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (left <= 0) {
                    return false;
                }
            }
        }
    }

    private static int poll(MemorySegment question, int millis) {
        try {
            return (int) POLL.invokeExact(question, 1L, millis);
        } catch (Throwable e) {
            throw new IllegalStateException("poll cannot be called", e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot be called", e);
        }
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor types, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types, options);
    }
}
