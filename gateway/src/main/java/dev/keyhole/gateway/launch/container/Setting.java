package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an operator decided about containers.
 *
 * @param engine its socket
 * @param image asked at each start: what is offered now, else the config's
 * @param limits of a principal, with the config's for what it has none of its own
 * @param keepLimits writes down what a principal gets from now on
 * @param innerPorts the services of every workspace, and their ports inside
 * @param grace how long a container may take to end before it is killed
 */
public record Setting(
        HomeLayout layout,
        Path engine,
        Supplier<String> image,
        ContainerNetwork network,
        Function<PrincipalName, Resources> limits,
        Keeper keepLimits,
        Map<ServiceName, Integer> innerPorts,
        Duration grace) {
    /** Writes limits down. */
    public interface Keeper {
        void keep(PrincipalName owner, Resources resources) throws LaunchFailure;
    }
}
