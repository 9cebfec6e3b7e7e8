package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Does something on the network of another process: a thread of its own enters that namespace by setns(2) and ends
 * afterwards, because a thread that came back by mistake would serve strangers from inside. What it opened stays where it
 * was opened. Needs root and {@code --enable-native-access}.
 */
final class NetworkNamespace {
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN =
            handle(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SETNS =
            handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final ProcessEntry process;

    private NetworkNamespace(ProcessEntry process) {
        this.process = process;
    }

    static NetworkNamespace of(ProcessEntry process) {
        return new NetworkNamespace(process);
    }

    /** What is done inside; may block. */
    interface Inside<T> {
        Optional<T> run() throws IOException;
    }

    /** Waits for it, whatever kind of thread calls. */
    <T> Optional<T> inside(Inside<T> task) throws IOException {
        CompletableFuture<Optional<T>> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("inside-" + process.pid())
                .daemon()
                .start(() -> {
                    try {
                        enter();
                        result.complete(task.run());
                    } catch (IOException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? "it broke" : cause.getMessage(), e);
        }
    }

    private void enter() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/proc/" + process.pid() + "/ns/net");
            int namespace = (int) OPEN.invokeExact(path, O_CLOEXEC);
            if (namespace < 0) {
                throw new IOException("the workspace's network is gone");
            }
            try {
                // Opened first, compared then: the pid may have passed to a stranger before.
                if (new ProcessTable().alive(process.pid(), process.startTime()).isEmpty()
                        || (int) SETNS.invokeExact(namespace, CLONE_NEWNET) != 0) {
                    throw new IOException("the workspace's network cannot be entered");
                }
            } finally {
                int ignored = (int) CLOSE.invokeExact(namespace);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setns cannot be called", e);
        }
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor types, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types, options);
    }
}
