package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program with posix_spawn(3), because {@link ProcessBuilder} can neither give it a terminal nor tell an exit
 * status of 130 from an end by SIGINT. The program has a process session of its own, default signals, and none of our
 * descriptors but the three that it is given.
 */
final class CommandSpawn {
    private static final int ROOM = 1024; // posix_spawnattr_t has 336 bytes, the other 80
    private static final int SIGSET = 128;
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;
    private static final int FIRST_UNWANTED = 3;

    /** Java takes the lowest free number, so that none of its new ones is far above those that are open. */
    private static final int MARGIN = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final FunctionDescriptor ON_POINTER = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    private static final FunctionDescriptor TWO_POINTERS =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
    private static final FunctionDescriptor POINTER_INT =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);

    private static final MethodHandle SPAWN =
            handle(
                    "posix_spawn",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle ATTRIBUTES = handle("posix_spawnattr_init", ON_POINTER);
    private static final MethodHandle ATTRIBUTES_END =
            handle("posix_spawnattr_destroy", ON_POINTER);
    private static final MethodHandle SET_FLAGS =
            handle(
                    "posix_spawnattr_setflags",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
    private static final MethodHandle SET_MASK = handle("posix_spawnattr_setsigmask", TWO_POINTERS);
    private static final MethodHandle SET_DEFAULT =
            handle("posix_spawnattr_setsigdefault", TWO_POINTERS);
    private static final MethodHandle FILL = handle("sigfillset", ON_POINTER);
    private static final MethodHandle ACTIONS = handle("posix_spawn_file_actions_init", ON_POINTER);
    private static final MethodHandle ACTIONS_END =
            handle("posix_spawn_file_actions_destroy", ON_POINTER);
    private static final MethodHandle DUP =
            handle(
                    "posix_spawn_file_actions_adddup2",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle OPEN =
            handle(
                    "posix_spawn_file_actions_addopen",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("posix_spawn_file_actions_addclose", POINTER_INT);
    private static final MethodHandle DIRECTORY =
            handle("posix_spawn_file_actions_addchdir_np", TWO_POINTERS);

    /** Since glibc 2.34. */
    private static final Optional<MethodHandle> CLOSE_FROM =
            LIBRARY.find("posix_spawn_file_actions_addclosefrom_np")
                    .map(address -> LINKER.downcallHandle(address, POINTER_INT));

    /** What becomes descriptor 0, 1 and 2 of the program. */
    sealed interface Streams {
        record Pipes(int input, int output, int errors) implements Streams {}

        /** It becomes the program's controlling terminal, because the program opens it as leader of a session. */
        record OnTerminal(Path name) implements Streams {}
    }

    private interface Step {
        int take() throws Throwable;
    }

    private CommandSpawn() {}

    /**
     * The pid of the new process, whose parent is the calling thread; it must be waited for by waitpid.
     *
     * @param arguments the first is the program's absolute path
     */
    static int spawn(
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Streams streams)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ROOM, 16);
            MemorySegment attributes = arena.allocate(ROOM, 16);
            check("init", () -> (int) ACTIONS.invokeExact(actions));
            check("init", () -> (int) ATTRIBUTES.invokeExact(attributes));
            try {
                describe(attributes, arena);
                place(streams, actions, arena);
                MemorySegment where = arena.allocateFrom(directory.toString());
                check("chdir", () -> (int) DIRECTORY.invokeExact(actions, where));
                closeTheRest(actions);
                MemorySegment pid = arena.allocate(JAVA_INT);
                MemorySegment path = arena.allocateFrom(arguments.getFirst());
                MemorySegment argv = strings(arguments, arena);
                MemorySegment envp =
                        strings(
                                environment.entrySet().stream()
                                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                                        .toList(),
                                arena);
                check(
                        "posix_spawn",
                        () -> (int) SPAWN.invokeExact(pid, path, actions, attributes, argv, envp));
                return pid.get(JAVA_INT, 0);
            } finally {
                check("destroy", () -> (int) ACTIONS_END.invokeExact(actions));
                check("destroy", () -> (int) ATTRIBUTES_END.invokeExact(attributes));
            }
        }
    }

    private static void describe(MemorySegment attributes, Arena arena) throws IOException {
        MemorySegment none = arena.allocate(SIGSET, 8);
        MemorySegment all = arena.allocate(SIGSET, 8);
        check("sigfillset", () -> (int) FILL.invokeExact(all));
        check("mask", () -> (int) SET_MASK.invokeExact(attributes, none));
        check("default", () -> (int) SET_DEFAULT.invokeExact(attributes, all));
        short flags = SETSIGDEF | SETSIGMASK | SETSID;
        check("flags", () -> (int) SET_FLAGS.invokeExact(attributes, flags));
    }

    private static void place(Streams streams, MemorySegment actions, Arena arena)
            throws IOException {
        switch (streams) {
            case Streams.Pipes(int input, int output, int errors) -> {
                check("dup", () -> (int) DUP.invokeExact(actions, input, 0));
                check("dup", () -> (int) DUP.invokeExact(actions, output, 1));
                check("dup", () -> (int) DUP.invokeExact(actions, errors, 2));
            }
            case Streams.OnTerminal(Path name) -> {
                MemorySegment path = arena.allocateFrom(name.toString());
                check(
                        "open",
                        () -> (int) OPEN.invokeExact(actions, 0, path, CommandSystem.O_RDWR, 0));
                check("dup", () -> (int) DUP.invokeExact(actions, 0, 1));
                check("dup", () -> (int) DUP.invokeExact(actions, 0, 2));
            }
        }
    }

    private static void closeTheRest(MemorySegment actions) throws IOException {
        if (CLOSE_FROM.isPresent()) {
            MethodHandle closeFrom = CLOSE_FROM.get();
            check("closefrom", () -> (int) closeFrom.invokeExact(actions, FIRST_UNWANTED));
            return;
        }
        int highest = FIRST_UNWANTED;
        try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open) {
                highest = Math.max(highest, Integer.parseInt(descriptor.getFileName().toString()));
            }
        }
        for (int unwanted = FIRST_UNWANTED; unwanted <= highest + MARGIN; unwanted++) {
            int number = unwanted;
            check("close", () -> (int) CLOSE.invokeExact(actions, number));
        }
    }

    private static MemorySegment strings(List<String> texts, Arena arena) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        array.setAtIndex(ADDRESS, texts.size(), MemorySegment.NULL);
        return array;
    }

    /** These calls return errno(3) instead of setting it. */
    private static void check(String what, Step step) throws IOException {
        int failed;
        try {
            failed = step.take();
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library cannot be made", e);
        }
        if (failed != 0) {
            throw new IOException(what + " failed with errno " + failed);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor types) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), types);
    }
}
