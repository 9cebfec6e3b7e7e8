package dev.keyhole.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The socket that listens on a port of 127.0.0.1, as Linux shows it under /proc; other systems do not show it. */
final class LoopbackOwner {
    private static final Path TABLE = Path.of("/proc/net/tcp");
    private static final String LISTENING = "0A";

    private final String socket;

    private LoopbackOwner(String inode) {
        this.socket = "socket:[" + inode + "]";
    }

    static Optional<LoopbackOwner> find(int port) {
        String address = String.format(Locale.ROOT, "0100007F:%04X", port);
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns ->
                            columns.length > 9
                                    && columns[1].equals(address)
                                    && columns[3].equals(LISTENING))
                    .findFirst()
                    .map(columns -> new LoopbackOwner(columns[9]));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Whether the process, or one that it started, has the socket open. */
    boolean isHeldBy(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).anyMatch(this::isOpenIn);
    }

    private boolean isOpenIn(ProcessHandle process) {
        try (Stream<Path> descriptors =
                Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return descriptors.anyMatch(this::isThisSocket);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private boolean isThisSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException e) {
            return false;
        }
    }
}
