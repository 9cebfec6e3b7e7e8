package dev.keyhole.gateway.boot;

import java.time.Duration;

/**
 * What the end of a door means.
 *
 * @param drain how long forwards that are open may go on
 * @param takesWorkspaces whether they end with it; else they outlive it, and the next door adopts them
 */
record Ending(Duration drain, boolean takesWorkspaces) {
    /** On a machine. */
    static final Ending OF_THE_DOOR = new Ending(DoorProcess.DRAIN, false);

    /** In a container, where nothing outlives the first process, and whoever stops it waits for ten seconds at most. */
    static final Ending OF_THE_CONTAINER = new Ending(Duration.ofSeconds(1), true);
}
