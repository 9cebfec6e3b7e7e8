package dev.keyhole.gateway.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The remote address of a connection, as the kernel reported it; never a name, never what a client claims. */
public record Source(InetAddress address, int port) {
    public static Source of(InetSocketAddress peer) {
        return new Source(peer.getAddress(), peer.getPort());
    }

    @Override
    public String toString() {
        return address.getHostAddress() + " port " + port;
    }
}
