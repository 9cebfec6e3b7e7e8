package dev.keyhole.gateway.launch.process;

import java.nio.file.Path;

/**
 * What is remembered about a service that was started.
 *
 * @param startId random; stands in the environment of its processes as {@code KEYHOLE_START_ID}
 * @param bootId the kernel's run; pids of another one mean nothing
 * @param pid its main process; 0 from before the start until it is known
 * @param startTime of that process
 * @param socket where it listens
 */
record ServiceRecord(String startId, String bootId, long pid, long startTime, Path socket) {
    static final String VARIABLE = "KEYHOLE_START_ID";

    ServiceRecord at(ProcessEntry main) {
        return new ServiceRecord(startId, bootId, main.pid(), main.startTime(), socket);
    }
}
