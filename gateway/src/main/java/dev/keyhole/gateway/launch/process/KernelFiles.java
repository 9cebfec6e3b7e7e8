package dev.keyhole.gateway.launch.process;

import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel that JupyterLab offers: the installation's IPython, started by a script of ours that leaves no TCP port
 * open. It takes the place of the one that Jupyter would find by itself.
 */
final class KernelFiles {
    private static final String SCRIPT = "private_kernel.py";
    private static final List<String> LOGOS =
            List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    private final Path directory;

    /** @param programs where the workspace's user may read and not write */
    KernelFiles(Path programs) {
        this.directory = programs.resolve("jupyter");
    }

    /** Writes the files and returns what belongs into {@code JUPYTER_PATH}. */
    Path install(Installation installation) throws IOException {
        OsUser us = OsUser.current();
        var readable = new PrivateDirectory(us.uid(), us.gid(), 0755);
        Path kernels = directory.resolve("kernels");
        Path kernel = kernels.resolve("python3");
        readable.ensure(directory);
        readable.ensure(kernels);
        readable.ensure(kernel);
        Path script = kernel.resolve(SCRIPT);
        WrittenWhole.copyResource(SCRIPT, script);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(
                "argv",
                List.of(
                        installation.python().toString(),
                        script.toString(),
                        "-f",
                        "{connection_file}"));
        spec.put("display_name", "Python 3 (ipykernel)");
        spec.put("language", "python");
        spec.put("metadata", Map.of("debugger", false));
        WrittenWhole.write(kernel.resolve("kernel.json"), Json.write(spec) + "\n", "rw-r--r--");
        linkLogos(installation, kernel);
        return directory;
    }

    private static void linkLogos(Installation installation, Path kernel) throws IOException {
        Path lib = installation.bin().resolveSibling("lib");
        if (!Files.isDirectory(lib)) {
            return; // the launcher's tile then shows a letter
        }
        try (var pythons = Files.newDirectoryStream(lib, "python3*")) {
            for (Path python : pythons) {
                Path resources = python.resolve("site-packages/ipykernel/resources");
                for (String logo : LOGOS) {
                    Files.deleteIfExists(kernel.resolve(logo));
                    if (Files.exists(resources.resolve(logo))) {
                        Files.createSymbolicLink(kernel.resolve(logo), resources.resolve(logo));
                    }
                }
            }
        }
    }
}
