package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out before anything is made whether the door will be able to listen, and if not, who is in the way. */
final class PortProbe {
    private static final String LISTENING = "0A";

    private PortProbe() {}

    /** @throws CannotStart when nobody could listen there now */
    static void requireFree(ListenAddress listen) throws CannotStart {
        if (listen.socket().isPresent()) {
            requireFree(listen.socket().get());
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(listen.socketAddress());
        } catch (IOException e) {
            throw explained(listen, e);
        }
    }

    /** A file that nobody listens on is what a killed door left. */
    private static void requireFree(Path socket) throws CannotStart {
        Path directory = socket.getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "There is no directory "
                            + directory
                            + " to make a socket in. Nothing was started. Make it, or mount it.");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new CannotStart(
                    ExitStatus.PORT_TAKEN,
                    socket + " is listened on already. Nothing was started.");
        } catch (IOException e) {
            // as it should be
        }
    }

    /** The reason why nobody can listen there, and the next move. */
    static CannotStart explained(ListenAddress listen, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof BindException && message.contains("in use")) {
            return new CannotStart(
                    ExitStatus.PORT_TAKEN,
                    "Port "
                            + listen.port()
                            + " is taken"
                            + owner(listen.port()).map(name -> " by " + name).orElse("")
                            + ". Nothing was started. Choose another with --port, or stop what uses it.",
                    e);
        }
        if (message.contains("Permission denied")) {
            return new CannotStart(
                    ExitStatus.FAILED,
                    "Only root may listen on port "
                            + listen.port()
                            + ". Nothing was started. Choose a port from 1024 on with --port.",
                    e);
        }
        return new CannotStart(
                ExitStatus.FAILED,
                "The door cannot listen on "
                        + listen
                        + ": "
                        + message
                        + ". Nothing was started. Choose an address of this machine with --listen.",
                e);
    }

    /** {@code NAME (pid PID)}, if we may know it. */
    private static Optional<String> owner(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.skip(1)
                        .map(line -> line.strip().split(" +"))
                        .filter(fields -> fields.length > 9 && fields[3].equals(LISTENING))
                        .filter(fields -> fields[1].endsWith(":%04X".formatted(port)))
                        .forEach(fields -> sockets.add("socket:[" + fields[9] + "]"));
            } catch (IOException e) {
                return Optional.empty(); // then the port alone must do
            }
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> name(process.pid()) + " (pid " + process.pid() + ")");
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.anyMatch(link -> sockets.contains(target(link)));
        } catch (IOException | RuntimeException e) {
            return false; // somebody else's process
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
        } catch (IOException e) {
            return "a process";
        }
    }
}
