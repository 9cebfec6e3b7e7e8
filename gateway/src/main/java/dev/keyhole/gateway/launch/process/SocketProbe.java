package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Activity;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.ServiceProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks services over their unix sockets. Jupyter is asked what it is busy with; another service is idle when no forward
 * uses it, which the caller knows.
 */
public final class SocketProbe implements ServiceProbe {
    private static final Activity NOTHING_OF_ITS_OWN = new Activity(0, 0, 0, true);

    private final Duration patience;

    /** @param patience for one answer */
    public SocketProbe(Duration patience) {
        this.patience = patience;
    }

    @Override
    public boolean answers(RunningService service) {
        if (!(service.endpoint() instanceof Endpoint.Unix(Path socket, String ignored))) {
            return false;
        }
        try {
            String path = service.service().equals(ServiceName.JUPYTER) ? "/api" : "/";
            return new SocketRequest(socket, patience).get(path).status() < 400;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Activity activity(RunningService service) {
        if (!(service.endpoint() instanceof Endpoint.Unix(Path socket, String ignored))) {
            return Activity.UNKNOWN;
        }
        return service.service().equals(ServiceName.JUPYTER)
                ? new JupyterActivity(new SocketRequest(socket, patience)).ask()
                : NOTHING_OF_ITS_OWN;
    }
}
