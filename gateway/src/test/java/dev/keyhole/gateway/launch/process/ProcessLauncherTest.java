package dev.keyhole.gateway.launch.process;

import static dev.keyhole.gateway.launch.process.Workshop.ADA;
import static dev.keyhole.gateway.launch.process.Workshop.SERVICE;
import static dev.keyhole.gateway.launch.process.Workshop.SOON;
import static dev.keyhole.gateway.launch.process.Workshop.STAYS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLauncherTest {
    @TempDir private Path home;

    @Test
    void aServiceIsAdoptedByTheNextLauncher() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            RunningService started = workshop.startAndAwait("ready");

            assertThat(workshop.launcher().running(ADA)).containsExactly(started);
        }
    }

    @Test
    void aServiceWhoseLauncherDiedBeforeItKnewThePidIsFoundAgain() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            RunningService started = workshop.startAndAwait("ready");
            ServiceRecord record = workshop.record();
            workshop.records.write(
                    ADA,
                    SERVICE,
                    new ServiceRecord(record.startId(), record.bootId(), 0, 0, record.socket()));

            assertThat(workshop.launcher().running(ADA)).containsExactly(started);
            assertThat(workshop.record()).isEqualTo(record);
        }
    }

    @Test
    void aLaterProcessWithTheSamePidIsNotTakenForTheService() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            workshop.startAndAwait("ready");
            ServiceRecord record = workshop.record();
            workshop.records.write(
                    ADA,
                    SERVICE,
                    new ServiceRecord(
                            record.startId(),
                            record.bootId(),
                            record.pid(),
                            record.startTime() - 1,
                            record.socket()));

            assertThat(workshop.launcher().running(ADA)).isEmpty();
            workshop.records.write(ADA, SERVICE, record);
        }
    }

    @Test
    void aRecordFromBeforeARebootMeansNothing() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            RunningService started = workshop.startAndAwait("ready");
            ServiceRecord record = workshop.record();
            workshop.records.write(
                    ADA,
                    SERVICE,
                    new ServiceRecord(
                            record.startId(),
                            "another",
                            record.pid(),
                            record.startTime(),
                            record.socket()));

            assertThat(workshop.launcher().running(ADA)).isEmpty();
            workshop.launcher().stop(ADA, SERVICE);
            assertThat(Workshop.isAlive(started)).isTrue();
            workshop.records.write(ADA, SERVICE, record);
        }
    }

    @Test
    void aSecondStartGivesTheProcessOfTheFirst() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            var launcher = workshop.launcher();

            assertThat(launcher.start(ADA, SERVICE)).isEqualTo(launcher.start(ADA, SERVICE));
        }
    }

    @Test
    void stopEndsKernelsThatHaveSessionsOfTheirOwn() throws Exception {
        try (var workshop = new Workshop(home, "setsid sleep 1000 & echo ready; exec sleep 1000")) {
            workshop.startAndAwait("ready");
            ServiceRecord record = workshop.record();
            var stragglers = new Stragglers(new ProcessTable());
            await().atMost(SOON).until(() -> stragglers.of(record, OsUser.current()).size() == 2);

            workshop.launcher().stop(ADA, SERVICE);

            assertThat(stragglers.of(record, OsUser.current())).isEmpty();
            assertThat(workshop.launcher().running(ADA)).isEmpty();
        }
    }

    @Test
    void stopKillsWhatDoesNotEndWhenItIsAsked() throws Exception {
        try (var workshop =
                new Workshop(home, "trap '' TERM; echo ready; while :; do sleep 1000; done")) {
            RunningService started = workshop.startAndAwait("ready");

            workshop.launcher().stop(ADA, SERVICE);

            assertThat(Workshop.isAlive(started)).isFalse();
        }
    }

    @Test
    void stoppingTwiceAndWhatNeverRanDoesNothing() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            workshop.launcher().stop(ADA, SERVICE);
            workshop.startAndAwait("ready");
            workshop.launcher().stop(ADA, SERVICE);
            workshop.launcher().stop(ADA, SERVICE);

            assertThat(workshop.launcher().running(ADA)).isEmpty();
        }
    }

    @Test
    void aStartEndsTheKernelsOfAServerThatWasKilled() throws Exception {
        try (var workshop = new Workshop(home, "setsid sleep 1000 & echo ready; exec sleep 1000")) {
            RunningService first = workshop.startAndAwait("ready");
            ServiceRecord record = workshop.record();
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            workshop.launcher().awaitExit(first);
            assertThat(workshop.launcher().running(ADA)).isEmpty();

            RunningService second = workshop.launcher().start(ADA, SERVICE);

            assertThat(second.pid()).isNotEqualTo(first.pid());
            assertThat(new Stragglers(new ProcessTable()).of(record, OsUser.current())).isEmpty();
        }
    }

    @Test
    void theEndOfAProcessThatIsNobodysChildIsSeen() throws Exception {
        try (var workshop = new Workshop(home, STAYS)) {
            RunningService running = workshop.startAndAwait("ready");
            Process parent =
                    new ProcessBuilder("/bin/sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!")
                            .start();
            long pid =
                    Long.parseLong(
                            new String(parent.getInputStream().readAllBytes(), US_ASCII).strip());
            long startTime = new ProcessTable().entry(pid).orElseThrow().startTime();
            var orphan = new RunningService(ADA, SERVICE, pid, startTime, running.endpoint());
            var seen = new CompletableFuture<Boolean>();
            Thread.ofPlatform()
                    .start(() -> {
                        try {
                            workshop.launcher().awaitExit(orphan);
                            seen.complete(true);
                        } catch (InterruptedException e) {
                            seen.complete(false);
                        }
                    });
            assertThat(seen).isNotDone();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(seen.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aServiceGetsAHomeAndNoSecretOfOurs() throws Exception {
        try (var workshop = new Workshop(home, "env; pwd; umask; echo ready; exec sleep 1000")) {
            workshop.startAndAwait("ready");
            Path itsHome = workshop.layout.workspaceHome(ADA);

            assertThat(workshop.launcher().log(ADA, SERVICE, 100))
                    .contains("HOME=" + itsHome, itsHome.toString(), "0077")
                    .noneMatch(line -> line.startsWith("JAVA_") || line.startsWith("MAVEN_"));
        }
    }

    @Test
    void aProgramThatIsMissingSaysSoInTheLog() throws Exception {
        try (var workshop = new Workshop(home, "exec /nowhere/jupyter")) {
            try {
                workshop.launcher().awaitExit(workshop.launcher().start(ADA, SERVICE));
            } catch (LaunchFailure e) {
                assertThat(e).hasMessageContaining("cannot be started");
            }

            assertThat(workshop.launcher().log(ADA, SERVICE, 5))
                    .anyMatch(line -> line.contains("/nowhere/jupyter"));
        }
    }

    @Test
    void aServiceWithoutAProgramIsRefused() {
        try (var workshop = new Workshop(home, STAYS)) {
            assertThatThrownBy(() -> workshop.launcher().start(ADA, new ServiceName("elsewhere")))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("elsewhere");
        }
    }

    @Test
    void aHomeOf150LettersWorks() throws Exception {
        Path deep = home.resolve("d".repeat(150));
        try (var workshop = new Workshop(deep, STAYS)) {
            var endpoint = (Endpoint.Unix) workshop.startAndAwait("ready").endpoint();
            Path directory = endpoint.socket().getParent();

            assertThat(endpoint.socket().toString()).hasSizeLessThan(60);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(workshop.launcher().running(ADA)).hasSize(1);

            workshop.launcher().stop(ADA, SERVICE);
            assertThat(directory).doesNotExist();
        }
    }
}
