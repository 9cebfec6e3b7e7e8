package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * Starts, finds again and stops the services of workspaces.
 *
 * <p>Processes that a launcher started outlive it: output goes to files, each has an own process session, and a later
 * launcher over the same home finds them by {@link #running}. Thread-safe; every method may block (a start takes up to
 * seconds) and none holds a lock of the caller's.
 */
public interface Launcher {
    /**
     * Makes what a principal needs so that a start works: its OS user, its directories, its notebook's environment.
     * Returns at once when all is there; the first time it may take minutes. A start does the same by itself.
     *
     * @throws LaunchFailure when something is missing and cannot be had
     */
    void prepare(PrincipalName owner) throws LaunchFailure;

    /**
     * Ends everything of a principal and puts its files away where no later OS user can read them. Its OS user goes if
     * it was made for it. May be called again, and for a principal that was never prepared.
     *
     * @throws LaunchFailure when a process cannot be ended; its files stay then
     */
    void retire(PrincipalName owner) throws LaunchFailure;

    /**
     * Remembers how much a principal's workspace may use, from now on and for what runs already. GPUs change with the
     * workspace's next start.
     *
     * @param resources what is absent follows the config
     * @throws LaunchFailure when it cannot be written down or not be put in force
     */
    void limit(PrincipalName owner, Resources resources) throws LaunchFailure;

    /**
     * How many processes of a workspace the kernel has killed, since its first start, because it had used all its memory;
     * 0 where nothing runs, or nothing is limited.
     */
    long outOfMemoryKills(PrincipalName owner);

    /** Where that principal's workspace is, in a few words for people. Never starts anything. */
    default String place(PrincipalName owner) {
        return "this machine";
    }

    /** What a start that is under way does now, for whoever waits for it; empty when none is, or there is nothing to tell. */
    default Optional<String> step(PrincipalName owner) {
        return Optional.empty();
    }

    /** Each wall around that principal's workspace, and whether it stands. Never starts anything. */
    List<IsolationPart> isolation(PrincipalName owner);

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

    /**
     * Starts a command in the workspace, whether services run there or not.
     *
     * @throws LaunchFailure when it cannot be started; nothing is left running then
     */
    RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure;

    /** Ends every command of a principal, also what commands left behind and what those of a former launcher did. */
    void endCommands(PrincipalName owner);
}
