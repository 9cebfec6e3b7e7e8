package dev.keyhole.gateway.workspace;

/**
 * What keeps a service busy.
 *
 * @param busyKernels kernels that execute a cell
 * @param terminals open terminals
 * @param connections browser connections to kernels
 * @param known false when the service did not say
 */
public record Activity(int busyKernels, int terminals, int connections, boolean known) {
    public static final Activity UNKNOWN = new Activity(0, 0, 0, false);

    /** Of both together. */
    Activity plus(Activity other) {
        return new Activity(
                busyKernels + other.busyKernels,
                terminals + other.terminals,
                connections + other.connections,
                known && other.known);
    }

    /** Whether nothing that a person would miss is going on. */
    public boolean isIdle() {
        return known && busyKernels == 0 && terminals == 0 && connections == 0;
    }
}
