package dev.keyhole.gateway.workspace;

import static dev.keyhole.gateway.model.ServiceName.JUPYTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.model.PrincipalName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private static final PrincipalName ADA = new PrincipalName("ada");

    private final FakeLauncher launcher = new FakeLauncher();
    private final Workspace workspace =
            new Workspace(
                    ADA,
                    List.of(JUPYTER),
                    launcher,
                    launcher,
                    new RecordingAudit(),
                    Patience.DEFAULT);
    private final Workspaces workspaces = new Workspaces(List.of(workspace));
    private final IdleWatch watch = new IdleWatch(workspaces, launcher, Duration.ofMillis(1));

    @BeforeEach
    void start() throws Exception {
        workspace.ready(JUPYTER, System.nanoTime());
    }

    @Test
    void aWorkspaceThatNobodyUsesIsStoppedWithTheReason() {
        await().untilAsserted(() -> {
            watch.look();
            assertThat(workspace.states().get(JUPYTER))
                    .isInstanceOfSatisfying(
                            ServiceState.Stopped.class,
                            stopped -> assertThat(stopped.reason()).startsWith("idle"));
        });
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
        IdleWatch patient = new IdleWatch(workspaces, launcher, Duration.ofHours(2));
        patient.look();
        assertThat(workspace.states().get(JUPYTER)).isInstanceOf(ServiceState.Ready.class);
    }

    private void assertRunsOn() {
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        watch.look();
        assertThat(workspace.states().get(JUPYTER)).isInstanceOf(ServiceState.Ready.class);
    }
}
