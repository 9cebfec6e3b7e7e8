package dev.keyhole.gateway.workspace;

import static dev.keyhole.gateway.model.ServiceName.JUPYTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleWatchTest {
    private static final PrincipalName ADA = new PrincipalName("ada");

    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path home;

    private final FakeLauncher launcher = new FakeLauncher();
    private final RecordingAudit audit = new RecordingAudit();
    private final Workspace workspace =
            new Workspace(
                    ADA,
                    List.of(JUPYTER),
                    launcher,
                    launcher,
                    audit,
                    Patience.DEFAULT,
                    RunningWorkspaces.unlimited());
    private final Workspaces workspaces = new Workspaces(owner -> workspace);

    @BeforeEach
    void start() throws Exception {
        workspaces.of(ADA).ready(JUPYTER, System.nanoTime());
    }

    @Test
    void aWorkspaceThatNobodyUsesIsStoppedWithTheReason() {
        await().untilAsserted(() -> {
            watch(Duration.ofMillis(1)).look();
            assertThat(workspace.states().get(JUPYTER))
                    .isInstanceOfSatisfying(
                            ServiceState.Stopped.class,
                            stopped -> assertThat(stopped.reason()).startsWith("idle"));
        });
    }

    @Test
    void theStopIsAnnouncedOnceAndUseTurnsItAway() {
        watch(Duration.ofHours(2)).look();
        assertThat(workspace.announcedStop()).isEmpty();

        await().until(() -> workspace.unusedNanos() > Duration.ofSeconds(1).toNanos());
        IdleWatch halfOver = watch(Duration.ofNanos(2 * workspace.unusedNanos()));
        halfOver.look();
        halfOver.look();
        assertThat(workspace.announcedStop()).isPresent();
        assertThat(audit.actions()).containsOnlyOnce("WorkspaceStopAnnounced");

        workspace.used();
        assertThat(workspace.announcedStop()).isEmpty();
    }

    @Test
    void aKeepKeepsIt() throws Exception {
        keeps().hold(ADA, ADA, NOON.instant().plusSeconds(600));
        assertRunsOn();
    }

    @Test
    void whoUsedItInTheLastMomentKeepsIt() {
        long before = workspace.lastUseNanos();
        workspace.used();
        workspace.stopUnlessUsedSince(before, "idle");
        assertThat(workspace.states().get(JUPYTER)).isInstanceOf(ServiceState.Ready.class);
    }

    @Test
    void anOpenForwardKeepsIt() {
        workspace.forwardOpened();
        assertRunsOn();
    }

    @Test
    void aBusyKernelKeepsIt() {
        launcher.activity = new Activity(1, 0, 0, true);
        assertRunsOn();
    }

    @Test
    void aTerminalKeepsIt() {
        launcher.activity = new Activity(0, 1, 0, true);
        assertRunsOn();
    }

    @Test
    void aServiceThatDoesNotSayWhatItDoesIsLeftAlone() {
        launcher.activity = Activity.UNKNOWN;
        assertRunsOn();
    }

    @Test
    void whatIsJustNotUsedYetIsGivenItsTime() {
        watch(Duration.ofHours(2)).look();
        assertThat(workspace.states().get(JUPYTER)).isInstanceOf(ServiceState.Ready.class);
    }

    private void assertRunsOn() {
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        watch(Duration.ofMillis(1)).look();
        await().during(Duration.ofMillis(50))
                .until(() -> workspace.states().get(JUPYTER) instanceof ServiceState.Ready);
    }

    private IdleWatch watch(Duration idleAfter) {
        IdleRule rule = new IdleRule(Optional.of(idleAfter));
        return new IdleWatch(workspaces, new Idleness(launcher, rule, keeps()), rule, audit, NOON);
    }

    private Keeps keeps() {
        return new Keeps(home, NOON);
    }
}
