package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the kernel's tables of TCP sockets, {@code /proc/net/tcp} and {@code tcp6}.
 *
 * <p>A table that cannot be read means that somebody else may listen: then there is no listener of one's own.
 */
final class LoopbackListeners {
    private static final String LISTEN = "0A";
    private static final List<String> REACHED_BY_V4 =
            List.of(
                    "0100007F", // 127.0.0.1
                    "00000000", // 0.0.0.0
                    "0000000000000000FFFF00000100007F", // ::ffff:127.0.0.1
                    "0000000000000000FFFF000000000000"); // ::ffff:0.0.0.0
    private static final String V6_ANY = "00000000000000000000000000000000";
    private static final String V6_LOOPBACK = "00000000000000000000000001000000";

    private final Path tables;

    /** @param tables the directory {@code net} of a process: its network namespace is the one that is read */
    LoopbackListeners(Path tables) {
        this.tables = tables;
    }

    private record Listener(String address, long uid) {}

    /**
     * The loopback address to connect to, if every listener that a connect to that port of 127.0.0.1 or ::1 could reach
     * belongs to that OS user; empty when nobody listens or anybody else does.
     */
    Optional<InetSocketAddress> listener(int port, long ownerUid) {
        try {
            List<Listener> reachable =
                    Stream.concat(read("tcp", port), read("tcp6", port)).toList();
            if (reachable.isEmpty()
                    || reachable.stream().anyMatch(listener -> listener.uid() != ownerUid)) {
                return Optional.empty();
            }
            boolean v4 =
                    reachable.stream()
                            .anyMatch(listener -> REACHED_BY_V4.contains(listener.address()));
            // A listener on :: may or may not take IPv4; it takes ::1 in any case.
            return Optional.of(new InetSocketAddress(v4 ? loopbackV4() : loopbackV6(), port));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Stream<Listener> read(String table, int port) throws IOException {
        Path file = tables.resolve(table);
        if (table.equals("tcp6") && !Files.exists(file)) {
            return Stream.empty(); // a kernel without IPv6
        }
        String suffix = ":" + String.format(Locale.ROOT, "%04X", port);
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields ->
                        fields.length > 7 && fields[3].equals(LISTEN) && fields[1].endsWith(suffix))
                .map(fields ->
                        new Listener(
                                fields[1].substring(0, fields[1].length() - suffix.length()),
                                Long.parseLong(fields[7])))
                .filter(listener -> isReachable(listener.address()));
    }

    private static boolean isReachable(String address) {
        return REACHED_BY_V4.contains(address)
                || address.equals(V6_ANY)
                || address.equals(V6_LOOPBACK);
    }

    private static InetAddress loopbackV4() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static InetAddress loopbackV6() throws UnknownHostException {
        byte[] address = new byte[16];
        address[15] = 1;
        return InetAddress.getByAddress(address);
    }
}
