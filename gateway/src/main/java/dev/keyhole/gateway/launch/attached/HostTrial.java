package dev.keyhole.gateway.launch.attached;

import dev.keyhole.gateway.control.operator.HostCheck;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** What is found out about a host before it is attached. Thread-safe. */
public record HostTrial(HopProbe probe) implements HostCheck {
    /** A firewall that drops says nothing for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public boolean answers(Endpoint.Hop hop, ServiceName service)
            throws HopFailure, InterruptedException {
        return probe.answers(hop, service);
    }

    @Override
    public boolean isOpen(SshHost.Place.Tcp place, int port) {
        InetSocketAddress address = new InetSocketAddress(place.host(), port);
        if (address.isUnresolved() || address.getAddress().isLoopbackAddress()) {
            return false; // its loopback is ours, so reaching it says nothing
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
