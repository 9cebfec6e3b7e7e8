package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;

/** Tries one service of a host before it is attached. Thread-safe; blocks as long as a hop may. */
public interface HostCheck {
    /**
     * @return whether what listens there speaks the service's protocol
     * @throws HopFailure when nothing listens there, or the host is not reached
     */
    boolean answers(Endpoint.Hop hop, ServiceName service) throws HopFailure, InterruptedException;
}
