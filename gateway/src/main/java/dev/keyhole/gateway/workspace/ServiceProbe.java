package dev.keyhole.gateway.workspace;

/** Asks a running service how it is, over its endpoint. Blocks for at most a few seconds. Thread-safe. */
public interface ServiceProbe {
    /** Whether it answers requests now. */
    boolean answers(RunningService service);

    /** What it is busy with; {@link Activity#UNKNOWN} when it does not say, which never counts as idle. */
    Activity activity(RunningService service);
}
