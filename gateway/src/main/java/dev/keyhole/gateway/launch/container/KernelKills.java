package dev.keyhole.gateway.launch.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many processes of a control group the kernel has killed for its memory (cgroups(7), v2 {@code memory.events}, v1
 * {@code memory.oom_control}). Engines tell it of the first process only, and Podman not even that.
 */
final class KernelKills {
    private KernelKills() {}

    /** @param pid of any process in the group; 0 when it cannot be told */
    static long of(@Nullable Long pid) {
        return GroupFile.lines(pid, "memory", "memory.events", "memory.oom_control")
                .map(KernelKills::kills)
                .orElse(0L);
    }

    static long kills(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2 && words[0].equals("oom_kill"))
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElse(0);
    }
}
