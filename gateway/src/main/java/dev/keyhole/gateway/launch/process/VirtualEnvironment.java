package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A workspace's own Python environment, filled by pip as the workspace's user. */
final class VirtualEnvironment {
    /** The package index could not be reached; something else may still work. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<String> lastLog;

        private Unreachable(List<String> lastLog) {
            super("The Python package index cannot be reached");
            this.lastLog = lastLog;
        }

        List<String> lastLog() {
            return lastLog;
        }
    }

    private static final Pattern DISK_FULL =
            Pattern.compile("No space left on device|Errno 28|Disk quota exceeded");
    private static final Pattern NO_NETWORK =
            Pattern.compile(
                    "NewConnectionError|ConnectTimeout|ReadTimeout|Temporary failure in name resolution|Max retries exceeded"
                            + "|ProxyError|SSLError|ConnectionReset|Network is unreachable|from versions: none");
    private static final int FIRST_CURRENT_MINOR = 10;

    private final InstallerRuns runs;
    private final InstallPlace place;
    private final Progress progress;

    VirtualEnvironment(InstallerRuns runs, InstallPlace place, Progress progress) {
        this.runs = runs;
        this.place = place;
        this.progress = progress;
    }

    Path python() {
        return place.environment().resolve("bin/python");
    }

    /** Makes it, unless there is one with a working pip. */
    void make(Path interpreter) throws LaunchFailure {
        if (Files.exists(python())
                && runs.ask(place, List.of(python().toString(), "-m", "pip", "--version")).status()
                        == 0) {
            return;
        }
        progress.step("making a Python environment in " + place.environment());
        List<String> command =
                List.of(
                        interpreter.toString(),
                        "-m",
                        "venv",
                        "--clear",
                        place.environment().toString());
        Ran ran = runs.install(place, command, "making a Python environment", progress);
        if (ran.status() != 0) {
            throw failure("The Python environment cannot be made with " + interpreter + ".", ran);
        }
    }

    /** Installs JupyterLab; with an old Python, as new a one as it can have. */
    void addJupyter(int pythonMinor) throws LaunchFailure, Unreachable {
        String server =
                pythonMinor >= FIRST_CURRENT_MINOR ? "jupyter_server>=2.20" : "jupyter_server";
        pip("installing JupyterLab", List.of("jupyterlab", server, "ipykernel"));
    }

    void addTensorFlow(String tensorflow) throws LaunchFailure, Unreachable {
        pip("installing " + tensorflow, List.of(tensorflow, "tensorboard"));
    }

    private void pip(String title, List<String> packages) throws LaunchFailure, Unreachable {
        progress.step(title);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                python().toString(),
                                "-m",
                                "pip",
                                "install",
                                "--progress-bar=off",
                                "--retries=2"));
        command.addAll(packages);
        Ran ran = runs.install(place, command, title, progress);
        if (ran.status() == 0) {
            return;
        }
        if (NO_NETWORK.matcher(String.join("\n", ran.lines())).find()) {
            throw new Unreachable(ran.lines());
        }
        throw failure("pip failed (" + title + ").", ran);
    }

    private LaunchFailure failure(String what, Ran ran) {
        boolean full = DISK_FULL.matcher(String.join("\n", ran.lines())).find();
        String next =
                full
                        ? " The disk is full: "
                                + free()
                                + " are left under "
                                + place.environment().getParent()
                                + ". Make room, or choose another --home, then run the command again."
                        : " All of its output is in "
                                + place.log()
                                + ". When its cause is gone, run the command again.";
        return new LaunchFailure(what + next, ran.lines());
    }

    private String free() {
        try {
            return (Files.getFileStore(place.environment()).getUsableSpace() >> 20) + " MB";
        } catch (IOException e) {
            return "0 MB";
        }
    }
}
