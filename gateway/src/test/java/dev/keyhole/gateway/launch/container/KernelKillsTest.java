package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelKillsTest {
    @Test
    void version2CountsThemAmongItsEvents() {
        assertThat(
                        KernelKills.kills(
                                List.of(
                                        "low 0",
                                        "high 12",
                                        "max 340",
                                        "oom 3",
                                        "oom_kill 2",
                                        "oom_group_kill 1")))
                .isEqualTo(2);
    }

    @Test
    void version1CountsThemBesideItsSwitch() {
        assertThat(KernelKills.kills(List.of("oom_kill_disable 0", "under_oom 0", "oom_kill 7")))
                .isEqualTo(7);
    }

    @Test
    void aKernelThatDoesNotCountThemHasNone() {
        assertThat(KernelKills.kills(List.of("oom_kill_disable 0", "under_oom 1"))).isZero();
        assertThat(KernelKills.kills(List.of())).isZero();
    }

    @Test
    void aProcessThatIsNotThereHasNone() {
        assertThat(KernelKills.of(null)).isZero();
        assertThat(KernelKills.of(0L)).isZero();
        assertThat(KernelKills.of(Long.MAX_VALUE)).isZero();
    }

    @Test
    void theGroupOfALiveProcessIsRead() {
        assertThat(KernelKills.of(ProcessHandle.current().pid())).isNotNegative();
    }
}
