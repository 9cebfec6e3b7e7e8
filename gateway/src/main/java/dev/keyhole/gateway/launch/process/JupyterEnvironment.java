package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds or makes the JupyterLab that a workspace uses: what was remembered; one in the PATH; an environment of its own
 * from the Python package index; the packages of Debian.
 *
 * <p>Runs for minutes where something large is installed. Not thread-safe for one workspace; an interrupt ends it, and
 * the next call goes on.
 */
public final class JupyterEnvironment {
    private final HomeLayout layout;
    private final Installations installations;
    private final WorkspaceDirectories directories;
    private final InstallerRuns runs = new InstallerRuns();
    private final PythonSearch search;
    private final boolean installs;

    /** @param installs whether what is missing is installed; else the notebook that is there must do, however old */
    public JupyterEnvironment(
            HomeLayout layout, OsUsers users, Installations installations, boolean installs) {
        this.installs = installs;
        this.layout = layout;
        this.installations = installations;
        this.directories = new WorkspaceDirectories(layout, users);
        this.search =
                new PythonSearch(
                        runs,
                        System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"),
                        installs);
    }

    /**
     * Returns at once when everything is there.
     *
     * @param tensorflow whether notebooks must be able to import TensorFlow
     * @throws LaunchFailure with the installer's last lines and the next move
     */
    public Installation ensure(PrincipalName owner, boolean tensorflow, Progress progress)
            throws LaunchFailure {
        Optional<Installation> known = installations.of(owner);
        if (known.isPresent() && suffices(known.get(), tensorflow)) {
            return known.get();
        }
        InstallPlace place = directories.prepareInstallation(owner);
        progress.step("looking for JupyterLab");
        Optional<Installation> inPath =
                (installs ? search.jupyterLab(place) : search.anyNotebook(place))
                        .filter(found -> suffices(found, tensorflow));
        if (inPath.isEmpty() && !installs) {
            throw new LaunchFailure(
                    "There is no Jupyter in this image's PATH. Build it on a base that has one.",
                    List.of());
        }
        Installation found = inPath.isPresent() ? inPath.get() : make(place, tensorflow, progress);
        if (!found.isCurrent()) {
            progress.step(
                    "warning: "
                            + found.describe()
                            + " lacks security fixes of 2026; jupyter_server 2.20 has them");
        }
        try {
            installations.remember(owner, found);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace cannot be written: " + e.getMessage(), List.of());
        }
        return found;
    }

    private static boolean suffices(Installation found, boolean tensorflow) {
        return !tensorflow || (found.tensorflow() && found.tensorboard());
    }

    private Installation make(InstallPlace place, boolean tensorflow, Progress progress)
            throws LaunchFailure {
        requireRoom(place, tensorflow);
        PythonSearch.Python python = interpreter(place, progress);
        var environment = new VirtualEnvironment(runs, place, progress);
        try {
            environment.make(python.program());
            environment.addJupyter(python.minor());
            if (tensorflow) {
                environment.addTensorFlow(tensorflowPackage());
            }
        } catch (VirtualEnvironment.Unreachable e) {
            return withoutIndex(place, tensorflow, progress, e);
        }
        return working(place, environment.python());
    }

    private PythonSearch.Python interpreter(InstallPlace place, Progress progress)
            throws LaunchFailure {
        Optional<PythonSearch.Python> python = search.interpreter(place);
        if ((python.isEmpty() || !python.get().makesEnvironments()) && DebianPackages.areUsable()) {
            new DebianPackages(runs, place, progress)
                    .install("installing Python", "python3", "python3-venv");
            python = search.interpreter(place);
        }
        return python.filter(PythonSearch.Python::makesEnvironments)
                .orElseThrow(() ->
                        new LaunchFailure(
                                "There is no Python 3 here that can make environments. Install one, for example with:"
                                        + " sudo apt-get install python3-venv",
                                List.of()));
    }

    /** Debian's own notebook is older than the package index's, and better than none. */
    private Installation withoutIndex(
            InstallPlace place,
            boolean tensorflow,
            Progress progress,
            VirtualEnvironment.Unreachable cause)
            throws LaunchFailure {
        if (tensorflow || !DebianPackages.areUsable()) {
            throw new LaunchFailure(
                    "The Python package index cannot be reached. Check the network or set HTTPS_PROXY or PIP_INDEX_URL,"
                            + " then run the command again.",
                    cause.lastLog());
        }
        progress.step("the Python package index cannot be reached; taking Debian's packages");
        new DebianPackages(runs, place, progress)
                .install("installing Jupyter", "jupyter-notebook", "python3-ipykernel");
        return working(place, Path.of("/usr/bin/python3"));
    }

    private Installation working(InstallPlace place, Path interpreter) throws LaunchFailure {
        Optional<PythonSearch.Python> python = search.ask(place, interpreter);
        Optional<Installation> works =
                python.isPresent() ? search.checked(place, python.get()) : Optional.empty();
        return works.orElseThrow(() ->
                new LaunchFailure(
                        "Jupyter was installed but does not run with "
                                + interpreter
                                + ". Remove "
                                + place.environment()
                                + " and run the command again; the log is "
                                + place.log(),
                        List.of()));
    }

    private static String tensorflowPackage() {
        boolean nvidia =
                Files.exists(Path.of("/dev/nvidiactl")) || Files.exists(Path.of("/dev/nvidia0"));
        if (nvidia) {
            return "tensorflow[and-cuda]";
        }
        return System.getProperty("os.arch").equals("amd64") ? "tensorflow-cpu" : "tensorflow";
    }

    /** Fails before half an hour of downloads instead of after. */
    private void requireRoom(InstallPlace place, boolean tensorflow) throws LaunchFailure {
        int needed = !tensorflow ? 600 : tensorflowPackage().contains("cuda") ? 9_000 : 3_000;
        try {
            long free = Files.getFileStore(place.environment()).getUsableSpace() >> 20;
            if (free < needed) {
                throw new LaunchFailure(
                        "Only "
                                + free
                                + " MB are free under "
                                + layout.home()
                                + "; about "
                                + needed
                                + " MB are needed. Make room, or choose another --home.",
                        List.of());
            }
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The disk of " + layout.home() + " cannot be asked: " + e.getMessage(),
                    List.of());
        }
    }
}
