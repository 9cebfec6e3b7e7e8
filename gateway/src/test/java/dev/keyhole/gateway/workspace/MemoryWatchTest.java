package dev.keyhole.gateway.workspace;

import static dev.keyhole.gateway.model.ServiceName.JUPYTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    private static final PrincipalName ADA = new PrincipalName("ada");

    private final FakeLauncher launcher = new FakeLauncher();
    private final RecordingAudit audit = new RecordingAudit();
    private final Workspaces workspaces =
            new Workspaces(owner ->
                    new Workspace(
                            owner,
                            List.of(JUPYTER),
                            launcher,
                            launcher,
                            audit,
                            Patience.DEFAULT,
                            RunningWorkspaces.unlimited()));
    private final MemoryWatch watch = new MemoryWatch(workspaces, launcher, audit);

    @Test
    void eachKillIsAuditedOnce() {
        assertThat(workspaces.of(ADA).owner()).isEqualTo(ADA);
        watch.look();
        assertThat(audit.actions()).isEmpty();

        launcher.kills = 2;
        watch.look();
        watch.look();
        assertThat(audit.actions()).containsExactly("WorkspaceOutOfMemory");

        launcher.kills = 3;
        watch.look();
        assertThat(audit.actions()).hasSize(2);
    }

    @Test
    void whatHappenedBeforeThisDoorIsNotAuditedAgain() {
        launcher.kills = 5;
        assertThat(workspaces.of(ADA).owner()).isEqualTo(ADA);
        watch.look();
        assertThat(audit.actions()).isEmpty();
    }

    @Test
    void aWorkspaceThatWasStartedAnewCountsFromNothing() {
        launcher.kills = 5;
        assertThat(workspaces.of(ADA).owner()).isEqualTo(ADA);
        watch.look();
        launcher.kills = 0;
        watch.look();
        launcher.kills = 1;
        watch.look();
        assertThat(audit.actions()).containsExactly("WorkspaceOutOfMemory");
    }
}
