package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Looks for Pythons on this machine, by asking each as the user who shall run it what it has. */
final class PythonSearch {
    /** One line for the interpreter, one for its version, then one for each package that it has. */
    private static final String QUESTION =
            """
            import sys
            from importlib import metadata, util
            print("python", sys.executable)
            print("version", "%d.%d" % sys.version_info[:2])
            print("venv", bool(util.find_spec("venv") and util.find_spec("ensurepip")))
            for name in ("jupyter_server", "jupyterlab", "notebook", "ipykernel", "tensorboard"):
                try:
                    print("package", name, metadata.version(name))
                except metadata.PackageNotFoundError:
                    pass
            for name in ("tensorflow", "tensorflow-cpu", "tf-nightly"):
                try:
                    print("package", "tensorflow", metadata.version(name))
                    break
                except metadata.PackageNotFoundError:
                    pass
            """;

    /** What an interpreter said about itself. */
    record Python(
            Path program,
            int minor,
            boolean makesEnvironments,
            SequencedMap<String, String> packages) {}

    private final InstallerRuns runs;
    private final List<Path> path;
    private final boolean tries;

    /** @param tries whether a notebook of the PATH must run once before it counts; else its start, which comes next, tells */
    PythonSearch(InstallerRuns runs, String path, boolean tries) {
        this.runs = runs;
        this.tries = tries;
        this.path =
                List.of(path.split(":")).stream()
                        .filter(directory -> directory.startsWith("/"))
                        .map(Path::of)
                        .toList();
    }

    /** The first JupyterLab in the PATH that really runs as the workspace's user. */
    Optional<Installation> jupyterLab(InstallPlace place) throws LaunchFailure {
        return inPath(place, "jupyter-lab", "jupyterlab");
    }

    /** A JupyterLab, else the server of before it. */
    Optional<Installation> anyNotebook(InstallPlace place) throws LaunchFailure {
        Optional<Installation> lab = jupyterLab(place);
        return lab.isPresent() ? lab : inPath(place, "jupyter-notebook", "notebook");
    }

    private Optional<Installation> inPath(InstallPlace place, String script, String needed)
            throws LaunchFailure {
        for (Path directory : path) {
            Path program = directory.resolve(script);
            if (!Files.isExecutable(program)) {
                continue;
            }
            for (Path candidate : interpretersOf(program)) {
                Optional<Python> python = ask(place, candidate);
                if (python.isPresent() && python.get().packages().containsKey(needed)) {
                    Optional<Installation> works =
                            tries
                                    ? checked(place, python.get())
                                    : Optional.of(installation(python.get()));
                    if (works.isPresent()) {
                        return works;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** An interpreter to make an environment with: the system's own first, which every user can run. */
    Optional<Python> interpreter(InstallPlace place) throws LaunchFailure {
        Set<Path> candidates = new LinkedHashSet<>();
        if (OsUser.current().isRoot()) {
            candidates.add(Path.of("/usr/bin/python3"));
        }
        path.forEach(directory -> candidates.add(directory.resolve("python3")));
        candidates.add(Path.of("/usr/bin/python3"));
        Optional<Python> second = Optional.empty();
        for (Path candidate : candidates) {
            Optional<Python> python = ask(place, candidate);
            if (python.isPresent() && python.get().makesEnvironments()) {
                return python;
            }
            second = second.or(() -> python);
        }
        return second;
    }

    /** A notebook server that starts and says its version; as the user, because that is who will run it. */
    Optional<Installation> checked(InstallPlace place, Python python) throws LaunchFailure {
        Installation installation = installation(python);
        List<String> version = new ArrayList<>(installation.jupyter());
        version.add("--version");
        return runs.ask(place, version).status() == 0
                ? Optional.of(installation)
                : Optional.empty();
    }

    private static Installation installation(Python python) {
        String program = python.program().toString();
        List<String> jupyter =
                python.packages().containsKey("jupyterlab")
                        ? List.of(program, "-m", "jupyterlab")
                        : List.of(program, "-m", "notebook");
        Path bin =
                python.program()
                        .resolveSibling(""); // not resolved: an environment's python is a link
        return new Installation(jupyter, python.program(), bin, python.packages());
    }

    Optional<Python> ask(InstallPlace place, Path interpreter) throws LaunchFailure {
        if (!Files.isExecutable(interpreter)) {
            return Optional.empty();
        }
        Ran ran = runs.ask(place, List.of(interpreter.toString(), "-c", QUESTION));
        return ran.status() == 0 ? parse(ran.lines()) : Optional.empty();
    }

    private static Optional<Python> parse(List<String> lines) {
        Path program = null;
        int minor = 0;
        boolean makesEnvironments = false;
        SequencedMap<String, String> packages = new LinkedHashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "python" -> program = Path.of(line.substring("python ".length()));
                case "version" ->
                        minor =
                                words[1].startsWith("3.")
                                        ? Integer.parseInt(words[1].substring(2))
                                        : 0;
                case "venv" -> makesEnvironments = words[1].equals("True");
                case "package" -> packages.put(words[1], words[2]);
                default -> {} // a site customization that talks
            }
        }
        return program == null
                ? Optional.empty()
                : Optional.of(new Python(program, minor, makesEnvironments, packages));
    }

    /** The one in its first line, where it is a plain script, and its neighbours, where it is a wrapper. */
    private static List<Path> interpretersOf(Path program) {
        List<Path> found = new ArrayList<>();
        try (var in = Files.newInputStream(program)) {
            String start =
                    new String(in.readNBytes(256), java.nio.charset.StandardCharsets.ISO_8859_1);
            String first = start.lines().findFirst().orElse("");
            if (first.startsWith("#!/") && first.contains("python") && !first.contains(" ")) {
                found.add(Path.of(first.substring(2)));
            }
        } catch (IOException | IllegalArgumentException e) {
            return found;
        }
        found.add(program.resolveSibling("python3"));
        found.add(program.resolveSibling("python"));
        return found;
    }
}
