package dev.keyhole.gateway.workspace;

import static dev.keyhole.gateway.model.ServiceName.JUPYTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunningWorkspacesTest {
    private static final Command COMMAND =
            new Command(
                    new Command.Line("true"), new CommandEnvironment(Map.of()), Optional.empty());

    private final AtomicInteger ofEach = new AtomicInteger(1);
    private final RunningWorkspaces running =
            new RunningWorkspaces(OptionalInt.of(2), owner -> ofEach.get());
    private final Workspace ada = workspace("ada");
    private final Workspace bob = workspace("bob");
    private final Workspace eve = workspace("eve");

    @Test
    void oneMoreThanMayRunIsRefusedAndTheOthersAreNamed() throws Exception {
        ada.start(JUPYTER);
        bob.start(JUPYTER);
        assertRefused(eve, "2 of 2 workspaces run: ada, bob.");
        assertThat(eve.runs()).isFalse();
    }

    @Test
    void whoRunsAlreadyMayGoOn() throws Exception {
        ada.start(JUPYTER);
        bob.start(JUPYTER);
        assertThat(ada.ready(JUPYTER, System.nanoTime())).isNotNull();
    }

    @Test
    void aStopMakesRoom() throws Exception {
        ada.start(JUPYTER);
        bob.start(JUPYTER);
        ada.stop("by its owner");
        assertThat(eve.start(JUPYTER)).isNotNull();
        assertRefused(ada, "2 of 2 workspaces run: bob, eve.");
    }

    @Test
    void whatAFormerDoorLeftRunningCounts() throws Exception {
        FakeLauncher launcher = new FakeLauncher();
        launcher.start(new PrincipalName("ada"), JUPYTER);
        workspace("ada", launcher).adopt();
        bob.start(JUPYTER);
        assertRefused(eve, "ada, bob");
    }

    @Test
    void whoMayHaveNoneStartsNone() throws Exception {
        ada.start(JUPYTER);
        ofEach.set(0);
        assertRefused(bob, "bob may run 0 workspaces");
        assertThat(ada.ready(JUPYTER, System.nanoTime())).isNotNull();
    }

    @Test
    void whoWantsToStopForARestartIsToldBefore() throws Exception {
        ada.start(JUPYTER);
        ada.checkMayRun();
        ofEach.set(0);
        assertThatThrownBy(ada::checkMayRun).isInstanceOf(WorkspaceRefusal.class);
        assertThat(ada.runs()).isTrue();
    }

    @Test
    void aCommandNeedsAPlaceToo() throws Exception {
        ada.start(JUPYTER);
        bob.start(JUPYTER);
        assertThatThrownBy(() -> eve.exec(COMMAND))
                .isInstanceOf(WorkspaceRefusal.class)
                .hasMessageContaining("2 of 2 workspaces run");
    }

    private static void assertRefused(Workspace workspace, String text) {
        assertThatThrownBy(() -> workspace.start(JUPYTER))
                .isInstanceOfSatisfying(
                        WorkspaceRefusal.class,
                        refused -> {
                            assertThat(refused.refusal().code()).isEqualTo(Code.WORKSPACE_LIMIT);
                            assertThat(refused.refusal().text()).contains(text);
                        });
    }

    private Workspace workspace(String owner) {
        return workspace(owner, new FakeLauncher());
    }

    private Workspace workspace(String owner, FakeLauncher launcher) {
        return new Workspace(
                new PrincipalName(owner),
                List.of(JUPYTER),
                launcher,
                launcher,
                new RecordingAudit(),
                Patience.DEFAULT,
                running);
    }
}
