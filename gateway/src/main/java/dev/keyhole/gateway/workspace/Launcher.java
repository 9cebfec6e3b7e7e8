package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.List;

/**
 * Starts, finds again and stops the services of workspaces.
 *
 * <p>Processes that a launcher started outlive it: output goes to files, each has an own process session, and a later
 * launcher over the same home finds them by {@link #running}. Thread-safe; every method may block (a start takes up to
 * seconds) and none holds a lock of the caller's.
 */
public interface Launcher {
    /**
     * Starts a service that is not running, and returns when its process exists; it need not answer yet.
     *
     * @throws LaunchFailure when it cannot be started; nothing is left running then
     */
    RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure;

    /** The services of a principal that run now, also those that a former launcher started. Never starts anything. */
    List<RunningService> running(PrincipalName owner);

    /** Asks a service to end, kills it after the launcher's grace, and returns when none of its processes is left. */
    void stop(PrincipalName owner, ServiceName service);

    /** Blocks until that very process has ended (another one of the same service does not count). */
    void awaitExit(RunningService service) throws InterruptedException;

    /** The last lines that a service wrote, oldest first; empty when it never ran. At most 1,000. */
    List<String> log(PrincipalName owner, ServiceName service, int lines);
}
