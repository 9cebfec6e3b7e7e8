package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks the local ports: the ones asked for, or 8000 and up, or whatever the system has free.
 *
 * <p>A port counts as free only if it is free on 127.0.0.1 and on ::1: a browser that is sent to {@code localhost} may
 * try either, and must not end up at somebody else's server.
 */
final class LocalPorts {
    static final int FIRST = 8000;
    private static final int LAST = 8019;
    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

    private LocalPorts() {}

    /** Whether this machine has an IPv6 loopback. */
    static boolean hasIpv6() {
        return canListen(IPV6, 0);
    }

    static List<Forward> choose(List<Service> services, List<Integer> asked) {
        List<Forward> forwards = new ArrayList<>();
        List<Integer> used = new ArrayList<>(asked);
        boolean ipv6 = hasIpv6();
        for (int i = 0; i < services.size(); i++) {
            int port = i < asked.size() ? checkedFree(asked.get(i), ipv6) : firstFree(used, ipv6);
            used.add(port);
            forwards.add(new Forward(port, services.get(i)));
        }
        return List.copyOf(forwards);
    }

    private static int checkedFree(int port, boolean ipv6) {
        if (!isFree(port, ipv6)) {
            throw taken(port);
        }
        return port;
    }

    static TunnelEnded taken(int port) {
        return new TunnelEnded(
                ExitStatus.PORT_TAKEN,
                "The local port " + port + " is in use by another program, or may not be used.",
                "Leave out --local to get a free one, or name another.");
    }

    private static int firstFree(List<Integer> used, boolean ipv6) {
        for (int port = FIRST; port <= LAST; port++) {
            if (!used.contains(port) && isFree(port, ipv6)) {
                return port;
            }
        }
        while (true) {
            int port = anyFree();
            if (!used.contains(port) && isFree(port, ipv6)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port, boolean ipv6) {
        return canListen(IPV4, port) && (!ipv6 || canListen(IPV6, port));
    }

    private static boolean canListen(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, IPV4)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free local port", e);
        }
    }
}
