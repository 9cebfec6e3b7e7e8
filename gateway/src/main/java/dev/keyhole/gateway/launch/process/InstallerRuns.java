package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs installers: their output goes to the workspace's log, what they are at to the person who waits. Never pip as
 * root.
 */
final class InstallerRuns {
    private static final int LAST_LINES = 20;
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(1);
    private static final Duration CHECK =
            Duration.ofSeconds(120); // cold imports from a network disk take long

    /** How to reach a package index from here; installers get it, notebooks do not: it may hold a password. */
    private static final Set<String> NETWORK =
            Set.of(
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "ALL_PROXY",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR",
                    "REQUESTS_CA_BUNDLE",
                    "CURL_CA_BUNDLE");

    private final OsUser us = OsUser.current();
    private final Spawner spawner = new Spawner(us);
    private final CleanEnvironment environment = new CleanEnvironment(System.getenv());

    /** Asks a program a short question as the workspace's user. */
    Ran ask(InstallPlace place, List<String> command) throws LaunchFailure {
        return Ran.of(builder(place, command), CHECK);
    }

    /**
     * Runs an installer as the workspace's user.
     *
     * @param title what is being installed, for the progress
     */
    Ran install(InstallPlace place, List<String> command, String title, Progress progress)
            throws LaunchFailure {
        return follow(builder(place, command), place.log(), title, progress);
    }

    /** Runs a package manager of the system as root. */
    Ran installAsRoot(InstallPlace place, List<String> command, String title, Progress progress)
            throws LaunchFailure {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        return follow(builder, place.log(), title, progress);
    }

    private ProcessBuilder builder(InstallPlace place, List<String> command) throws LaunchFailure {
        // Unprivileged, the person's own pip settings and cache serve; another user cannot read
        // root's.
        Path home = us.isRoot() || !Files.isDirectory(us.home()) ? place.home() : us.home();
        Map<String, String> variables = environment.of(place.user(), home, List.of());
        System.getenv()
                .forEach((name, value) -> {
                    if (name.startsWith("PIP_")
                            || NETWORK.contains(name.toUpperCase(java.util.Locale.ROOT))) {
                        variables.put(name, value);
                    }
                });
        variables.put("PYTHONUNBUFFERED", "1");
        variables.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        variables.put("PIP_NO_INPUT", "1");
        try {
            return spawner.builder(Entrance.NONE, place.user(), command, variables, place.home());
        } catch (IOException e) {
            throw new LaunchFailure("Nothing can be installed: " + e.getMessage(), List.of());
        }
    }

    private static Ran follow(ProcessBuilder builder, Path log, String title, Progress progress)
            throws LaunchFailure {
        long start = System.nanoTime();
        long told = start - BETWEEN_STEPS.toNanos();
        Deque<String> last = new ArrayDeque<>();
        Process process = null;
        try (BufferedWriter out = Files.newBufferedWriter(log, UTF_8, CREATE, APPEND)) {
            process =
                    builder.redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
            try (var in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.write(line);
                    out.newLine();
                    remember(last, line);
                    if (System.nanoTime() - told >= BETWEEN_STEPS.toNanos()) {
                        told = System.nanoTime();
                        progress.step(title + ": " + shorten(line) + " (" + seconds(start) + " s)");
                    }
                }
            }
            return new Ran(process.waitFor(), List.copyOf(last));
        } catch (IOException e) {
            throw new LaunchFailure(title + " failed: " + e.getMessage(), List.copyOf(last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure(
                    title + " was interrupted; run `keyhole up` again to go on.",
                    List.copyOf(last));
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static void remember(Deque<String> last, String line) {
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(ServiceLog.plain(line));
    }

    private static String shorten(String line) {
        String plain = ServiceLog.plain(line).strip();
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }

    private static long seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }
}
