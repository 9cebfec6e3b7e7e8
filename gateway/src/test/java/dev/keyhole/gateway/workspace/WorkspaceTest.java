package dev.keyhole.gateway.workspace;

import static dev.keyhole.gateway.model.ServiceName.JUPYTER;
import static dev.keyhole.gateway.model.ServiceName.TENSORBOARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final Patience QUICK =
            new Patience(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(5),
                    2,
                    Duration.ofMillis(5),
                    Duration.ofSeconds(60));

    private final FakeLauncher launcher = new FakeLauncher();
    private final RecordingAudit audit = new RecordingAudit();
    private final Workspace workspace =
            new Workspace(
                    ADA,
                    List.of(JUPYTER, TENSORBOARD),
                    launcher,
                    launcher,
                    audit,
                    QUICK,
                    RunningWorkspaces.unlimited());

    @Test
    void theFirstForwardStartsTheServiceAndLaterOnesShareIt() throws Exception {
        RunningService first = workspace.ready(JUPYTER, System.nanoTime());
        RunningService second = workspace.ready(JUPYTER, System.nanoTime());
        assertThat(second).isEqualTo(first);
        assertThat(launcher.starts).hasValue(1);
        assertThat(audit.actions()).containsExactly("WorkspaceStarting", "WorkspaceReady");
    }

    @Test
    void aServiceThatNobodyAskedForIsNotStarted() throws Exception {
        workspace.ready(JUPYTER, System.nanoTime());
        assertThat(workspace.states().get(TENSORBOARD)).isInstanceOf(ServiceState.Stopped.class);
    }

    @Test
    void whatAFormerDoorLeftRunningIsAdoptedAndNotStartedAgain() throws Exception {
        RunningService former = launcher.start(ADA, JUPYTER);
        workspace.adopt();
        assertThat(workspace.ready(JUPYTER, System.nanoTime())).isEqualTo(former);
        assertThat(launcher.starts).hasValue(1);
    }

    @Test
    void afterAStopAnOlderSessionIsRefusedAndANewLoginStartsIt() throws Exception {
        long before = System.nanoTime();
        workspace.ready(JUPYTER, before);
        workspace.stop("by its owner");
        assertRefused(before, Code.WORKSPACE_STOPPED);
        assertThat(workspace.ready(JUPYTER, System.nanoTime())).isNotNull();
        assertThat(workspace.ready(JUPYTER, before)).isNotNull();
    }

    @Test
    void aStopCanBeUndoneByAskingForIt() throws Exception {
        long before = System.nanoTime();
        workspace.ready(JUPYTER, before);
        workspace.stop("by its owner");
        workspace.start(JUPYTER);
        assertThat(workspace.ready(JUPYTER, before)).isNotNull();
    }

    @Test
    void aServiceThatEndsByItselfIsStartedAgain() throws Exception {
        RunningService first = workspace.ready(JUPYTER, System.nanoTime());
        launcher.crash(JUPYTER);
        await().until(() -> launcher.starts.get() == 2);
        await().until(() ->
                workspace.states().get(JUPYTER) instanceof ServiceState.Ready ready
                        && !ready.process().equals(first));
    }

    @Test
    void aServiceThatCannotStartIsGivenUpWithItsLastLines() {
        launcher.failsToStart = true;
        assertRefused(System.nanoTime(), Code.WORKSPACE_FAILED);
        assertThat(launcher.starts).hasValue(3);
        assertThat(workspace.states().get(JUPYTER))
                .isInstanceOfSatisfying(
                        ServiceState.Failed.class,
                        failed -> {
                            assertThat(failed.reason()).isEqualTo("no such program.");
                            assertThat(failed.lastLog()).containsExactly("boom");
                        });
    }

    @Test
    void aLauncherThatBreaksEndsInAFailureAndNotInAStartWithoutEnd() {
        launcher.breaks = true;
        assertRefused(System.nanoTime(), Code.WORKSPACE_FAILED);
    }

    @Test
    void aStopThatBreaksIsAFailureAndCanBeTriedAgain() throws Exception {
        workspace.ready(JUPYTER, System.nanoTime());
        launcher.breaks = true;
        workspace.stop("by its owner");
        assertThat(workspace.states().get(JUPYTER)).isInstanceOf(ServiceState.Failed.class);
        launcher.breaks = false;
        workspace.stop("by its owner");
        assertThat(launcher.running(ADA)).isEmpty();
    }

    @Test
    void afterAFailureOnlyANewLoginTriesAgain() throws Exception {
        long before = System.nanoTime();
        launcher.failsToStart = true;
        assertRefused(before, Code.WORKSPACE_FAILED);
        launcher.failsToStart = false;
        assertRefused(before, Code.WORKSPACE_FAILED);
        assertThat(workspace.ready(JUPYTER, System.nanoTime())).isNotNull();
    }

    @Test
    void aServiceThatNeverAnswersIsGivenUp() {
        launcher.answers = false;
        assertThatThrownBy(() -> workspace.ready(JUPYTER, System.nanoTime()))
                .isInstanceOfSatisfying(
                        WorkspaceRefusal.class,
                        refused ->
                                assertThat(refused.refusal().code())
                                        .isIn(Code.SERVICE_NOT_READY, Code.WORKSPACE_FAILED));
        workspace.stop("enough");
    }

    @Test
    void stoppingWhileAForwardWaitsTellsTheForward() throws Exception {
        launcher.answers = false;
        Thread stopper =
                Thread.ofVirtual()
                        .start(() -> {
                            await().until(() -> launcher.starts.get() == 1);
                            workspace.stop("by its owner");
                        });
        assertRefused(System.nanoTime(), Code.WORKSPACE_STOPPED);
        stopper.join();
    }

    @Test
    void releasingLeavesTheProcessAlone() throws Exception {
        workspace.ready(JUPYTER, System.nanoTime());
        workspace.release();
        assertThat(launcher.running(ADA)).hasSize(1);
    }

    private void assertRefused(long loginNanos, Code code) {
        assertThatThrownBy(() -> workspace.ready(JUPYTER, loginNanos))
                .isInstanceOfSatisfying(
                        WorkspaceRefusal.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
