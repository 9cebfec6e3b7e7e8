package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;

/**
 * A service with a live process.
 *
 * @param owner whose it is
 * @param service which one
 * @param pid its main process
 * @param startTime field 22 of {@code /proc/PID/stat}, clock ticks since boot: with the pid it names one process for ever
 * @param endpoint where it will answer
 */
public record RunningService(
        PrincipalName owner, ServiceName service, long pid, long startTime, Endpoint endpoint) {}
