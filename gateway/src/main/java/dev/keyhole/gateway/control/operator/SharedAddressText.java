package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.SharedAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the address of a shared service as an operator writes it, and resolves it, once. Keeps no state. */
final class SharedAddressText {
    private static final Pattern TCP =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");
    private static final int LONGEST_SOCKET = 107;
    private static final int HIGHEST_PORT = 65_535;

    private SharedAddressText() {}

    /**
     * Every address that it stands for; blocks on a name server when it is a name.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    static List<SharedAddress> read(String text) {
        return text.startsWith("/") ? List.of(socket(text)) : tcp(text);
    }

    private static SharedAddress socket(String text) {
        try {
            Path path = Path.of(text).normalize();
            if (path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                            > LONGEST_SOCKET
                    || text.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("a socket's path has at most 107 bytes");
            }
            return new SharedAddress.Unix(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
        }
    }

    private static List<SharedAddress> tcp(String text) {
        Matcher parts = TCP.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "write HOST:PORT, [IPV6]:PORT or the absolute path of a unix socket");
        }
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .<SharedAddress>map(address -> new SharedAddress.Tcp(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "the name " + host + " has no address here; write the address itself", e);
        }
    }
}
