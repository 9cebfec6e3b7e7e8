package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Installs packages of Debian and its descendants; root only. */
final class DebianPackages {
    private static final Path APT = Path.of("/usr/bin/apt-get");

    private final InstallerRuns runs;
    private final InstallPlace place;
    private final Progress progress;

    DebianPackages(InstallerRuns runs, InstallPlace place, Progress progress) {
        this.runs = runs;
        this.place = place;
        this.progress = progress;
    }

    static boolean areUsable() {
        return OsUser.current().isRoot() && Files.isExecutable(APT);
    }

    /** @throws LaunchFailure with apt's last lines when it cannot */
    void install(String title, String... packages) throws LaunchFailure {
        progress.step(title);
        Ran ran = install(title, List.of(packages));
        if (ran.status() != 0) {
            // The lists may be missing or old, as in a fresh container.
            runs.installAsRoot(place, List.of(APT.toString(), "-q", "update"), title, progress);
            ran = install(title, List.of(packages));
        }
        if (ran.status() != 0) {
            throw new LaunchFailure(
                    "apt-get cannot install "
                            + String.join(" ", packages)
                            + ". All of its output is in "
                            + place.log()
                            + ".",
                    ran.lines());
        }
    }

    private Ran install(String title, List<String> packages) throws LaunchFailure {
        List<String> command =
                new ArrayList<>(
                        List.of(APT.toString(), "-q", "-y", "--no-install-recommends", "install"));
        command.addAll(packages);
        return runs.installAsRoot(place, command, title, progress);
    }
}
