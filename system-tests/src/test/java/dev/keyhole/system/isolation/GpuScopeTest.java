package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** W8, with device nodes that look like two GPUs and have no driver behind them. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GpuScopeTest {
    private static final List<String> GPUS = List.of("nvidia90", "nvidia91");

    private SharedMachine machine;
    private boolean made;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root nobody has devices of his own");
        assumeTrue(!Files.exists(Path.of("/dev/nvidiactl")), "real GPUs are not to be played with");
        for (String gpu : GPUS) {
            // The numbers of /dev/kmsg and /dev/port: reading them would work if it were allowed.
            run("mknod", "-m", "666", "/dev/" + gpu, "c", "1", gpu.endsWith("0") ? "11" : "4");
        }
        made = true;
        machine = SharedMachine.open("gpus: 1");
        for (Person person : List.of(machine.alice(), machine.bob())) {
            machine.operator("principal", "set", person.name(), "--shell").orFail();
        }
    }

    @AfterAll
    void close() {
        if (machine != null) {
            machine.close();
        }
        if (made) {
            GPUS.forEach(gpu -> run("rm", "/dev/" + gpu));
        }
    }

    private static void run(String... words) {
        Ran.of(Duration.ofSeconds(10), words).orFail();
    }

    @Test
    void eachOfTwoGetsAnotherOneAndCanOpenNoOther() {
        String hers = gpusOf(machine.alice());
        String his = gpusOf(machine.bob());

        assertThat(List.of(hers, his)).containsExactlyInAnyOrder(GPUS.get(0), GPUS.get(1));
        assertThat(machine.bob().exec("exec 3</dev/" + hers).stderr()).contains("No such file");
        assertThat(machine.bob().exec("mknod /tmp/hers c 1 11 || mknod /tmp/hers c 1 4").stderr())
                .contains("not permitted");
        assertThat(machine.bob().exec("ls /dev").orFail().stdout().split("\n"))
                .doesNotContain("sda", "vda", "mem", "kmsg", "port", "kvm", "fuse", "loop-control");
    }

    @Test
    void moreThanAreFreeWaitsUntilTheyAre() {
        machine.alice().exec("true").orFail();
        machine.operator("principal", "set", machine.bob().name(), "--limit", "gpus=2").orFail();
        machine.bob().keyhole("stop");
        Ran refused = machine.bob().exec("true");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.stderr() + refused.stdout())
                .contains("1 are free now, and 2 are needed");

        machine.alice().keyhole("stop").orFail();
        assertThat(machine.bob().exec("ls -d /dev/nvidia9* | wc -l").orFail().stdout().strip())
                .isEqualTo("2");
        machine.bob().keyhole("stop");
        machine.operator("principal", "set", machine.bob().name(), "--limit", "gpus=default")
                .orFail();
    }

    private static String gpusOf(Person person) {
        return person.exec("cd /dev && echo nvidia*").orFail().stdout().strip();
    }
}
