package dev.keyhole.gateway.launch.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets through what a notebook needs to find the machine's locale and GPU, and nothing that could be a secret. */
final class CleanEnvironment {
    private static final Set<String> ALLOWED =
            Set.of("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH");
    private static final List<String> ALLOWED_STARTS =
            List.of("CUDA_", "NVIDIA_", "NCCL_", "ROCM_", "HIP_");
    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> ours;

    /** @param ours the environment of this process */
    CleanEnvironment(Map<String, String> ours) {
        this.ours = Map.copyOf(ours);
    }

    /** @param path directories that come before the machine's own */
    Map<String, String> of(OsUser user, Path home, List<Path> path) {
        Map<String, String> clean = new TreeMap<>();
        ours.forEach((name, value) -> {
            if (ALLOWED.contains(name) || ALLOWED_STARTS.stream().anyMatch(name::startsWith)) {
                clean.put(name, value);
            }
        });
        clean.putIfAbsent("LANG", "C.UTF-8");
        clean.put("HOME", home.toString());
        clean.put("USER", user.name());
        clean.put("LOGNAME", user.name());
        clean.put("SHELL", Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh");
        clean.put("PATH", path(path));
        return clean;
    }

    private String path(List<Path> first) {
        return Stream.concat(
                        first.stream().map(Path::toString),
                        Stream.of(ours.getOrDefault("PATH", DEFAULT_PATH)))
                .collect(Collectors.joining(":"));
    }
}
