package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.workspace.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What the engine is asked for around a workspace's process: the walls, and how much it may use. Pure. */
final class HostSettings {
    static final String PLANTED = "/keyhole/planted";
    static final String RUN = "/keyhole/run";
    static final String STATE = "/state";

    /** For what programs leave; the person's files are on the volume. */
    private static final Map<String, String> IN_MEMORY =
            Map.of(
                    "/tmp", "rw,nosuid,nodev,mode=1777",
                    "/var/tmp", "rw,nosuid,nodev,mode=1777",
                    "/run", "rw,nosuid,nodev,mode=0755");

    /** Whoever works inside may write to it, too; without an end it would fill the engine's disk. */
    private static final LogConfig LOG =
            new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "1m"));

    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    private HostSettings() {}

    static HostConfig of(ContainerSpec spec) {
        HostConfig host =
                HostConfig.newHostConfig()
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withReadonlyRootfs(true)
                        .withPrivileged(false)
                        .withTmpFs(IN_MEMORY)
                        .withIpcMode("private")
                        .withLogConfig(LOG)
                        .withNetworkMode(
                                switch (spec.network()) {
                                    case NONE -> "none";
                                    case OPEN -> spec.name();
                                })
                        .withBinds(
                                Bind.parse(spec.planted() + ":" + PLANTED + ":ro"),
                                Bind.parse(spec.run() + ":" + RUN + ":rw"))
                        .withMounts(
                                List.of(
                                        new Mount()
                                                .withType(MountType.VOLUME)
                                                .withSource(spec.volume())
                                                .withTarget(STATE)));
        limit(host, spec.limits());
        return host;
    }

    private static void limit(HostConfig host, Resources limits) {
        limits.memoryBytes()
                .ifPresent(bytes ->
                        host.withMemory(bytes).withMemorySwap(bytes)); // none of it is swap
        limits.cpus().ifPresent(cpus -> host.withNanoCPUs(nano(cpus)));
        limits.pids().ifPresent(pids -> host.withPidsLimit((long) pids));
        limits.gpus().map(HostSettings::gpus).ifPresent(host::withDeviceRequests);
    }

    static long nano(BigDecimal cpus) {
        return cpus.multiply(BILLION).longValueExact();
    }

    /** As {@code docker run --gpus} has it; engines without the vendor's runtime refuse it. */
    static List<DeviceRequest> gpus(Gpus gpus) {
        DeviceRequest request =
                new DeviceRequest().withDriver("nvidia").withCapabilities(List.of(List.of("gpu")));
        return switch (gpus) {
            case Gpus.All all -> List.of(request.withCount(-1));
            case Gpus.Count(int number) ->
                    number == 0 ? List.of() : List.of(request.withCount(number));
            case Gpus.Named(List<String> names) -> List.of(request.withDeviceIds(names));
        };
    }
}
