package dev.keyhole.gateway.boot;

import java.time.Duration;

/** What kind of place workspaces run in as processes. */
public enum Surroundings {
    /** A machine: what is missing is installed, and a notebook has time to end. */
    MACHINE(Duration.ofSeconds(10)),

    /** A container of ours: the image brings the notebook, and whoever stops it does not wait for long. */
    CONTAINER(Duration.ofSeconds(3));

    private final Duration grace;

    Surroundings(Duration grace) {
        this.grace = grace;
    }

    /** How long a service may take to end by itself before it is killed. */
    Duration grace() {
        return grace;
    }
}
