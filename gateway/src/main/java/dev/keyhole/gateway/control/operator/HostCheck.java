package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;

/** Tries one service of a host before it is attached. Thread-safe; blocks as long as a hop may. */
public interface HostCheck {
    /**
     * @return whether what listens there speaks the service's protocol
     * @throws HopFailure when nothing listens there, or the host is not reached
     */
    boolean answers(Endpoint.Hop hop, ServiceName service) throws HopFailure, InterruptedException;

    /** Whether that port of a host is reached from here without SSH, and so by others too. Blocks for 2 s at most. */
    boolean isOpen(SshHost.Place.Tcp place, int port);
}
