package dev.keyhole.gateway.launch.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A Python that can run a workspace's services.
 *
 * @param jupyter the command that starts the notebook server, absolute program first; its arguments are appended
 * @param python the interpreter
 * @param bin its directory of programs, first in the PATH of notebooks
 * @param versions of the packages that matter, those that are installed
 */
public record Installation(
        List<String> jupyter, Path python, Path bin, SequencedMap<String, String> versions) {
    private static final int[] FLOOR = {2, 20};

    public Installation {
        jupyter = List.copyOf(jupyter);
    }

    /** The server of before JupyterLab, whose options have another prefix; Debian has no newer one. */
    public boolean classic() {
        return !versions.containsKey("jupyterlab");
    }

    public boolean tensorboard() {
        return versions.containsKey("tensorboard");
    }

    public boolean tensorflow() {
        return versions.containsKey("tensorflow");
    }

    /** Whether its jupyter_server has the fixes of 2026: 2.20 or later. */
    public boolean isCurrent() {
        String[] parts = versions.getOrDefault("jupyter_server", "0").split("[^0-9]+");
        for (int i = 0; i < FLOOR.length; i++) {
            int part = i < parts.length && !parts[i].isEmpty() ? Integer.parseInt(parts[i]) : 0;
            if (part != FLOOR[i]) {
                return part > FLOOR[i];
            }
        }
        return true;
    }

    /** For people: {@code jupyter_server 2.21.1, jupyterlab 4.6.6}. */
    public String describe() {
        return versions.entrySet().stream()
                .map((Map.Entry<String, String> entry) -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
