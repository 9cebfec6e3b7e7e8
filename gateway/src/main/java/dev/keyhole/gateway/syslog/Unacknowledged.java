package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many bytes of a TCP connection the kernel still has to send, or has no answer to. Syslog has no acknowledgement of
 * its own, and a write that returned has got no further than this kernel.
 *
 * @see <a href="https://docs.kernel.org/networking/proc_net_tcp.html">proc_net_tcp</a>
 */
final class Unacknowledged {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/self/net/tcp6"), Path.of("/proc/self/net/tcp"));

    private Unacknowledged() {}

    /** 0 also where the kernel does not tell. */
    static long bytes(Socket socket) {
        String local = port(socket.getLocalPort());
        String remote = port(socket.getPort());
        return TABLES.stream()
                .map(table -> find(table, local, remote))
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static Optional<Long> find(Path table, String local, String remote) {
        try (Stream<String> lines = Files.lines(table, US_ASCII)) {
            return lines.skip(1)
                    .map(line -> line.strip().split("\\s+", 6))
                    .filter(words -> words.length == 6)
                    .filter(words -> words[1].endsWith(local) && words[2].endsWith(remote))
                    .map(words -> Long.parseLong(words[4].substring(0, 8), 16))
                    .max(Long::compare);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String port(int number) {
        return String.format(":%04X", number);
    }
}
