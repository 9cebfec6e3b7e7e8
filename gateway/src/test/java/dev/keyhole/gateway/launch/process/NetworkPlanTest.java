package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.AddressBlock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private final NetworkPlan plan =
            new NetworkPlan(
                    HomeMark.of(Path.of("/var/lib/keyhole")), AddressBlock.parse("100.96.0.0/16"));

    @Test
    void eachWorkspaceHasFourAddressesOfTheBlock() {
        assertThat(plan.machineAddress(0)).isEqualTo("100.96.0.1");
        assertThat(plan.workspaceAddress(0)).isEqualTo("100.96.0.2");
        assertThat(plan.machineAddress(64)).isEqualTo("100.96.1.1");
        assertThat(plan.workspaceAddress(16_383)).isEqualTo("100.96.255.254");
    }

    @Test
    void namesFitTheKernelAlsoForTheLastOfTheLargestBlock() {
        NetworkPlan largest = new NetworkPlan("abcde", AddressBlock.parse("10.0.0.0/8"));

        assertThat(largest.interfaceName((1 << 22) - 1)).hasSizeLessThan(16).startsWith("khabcden");
        assertThat(plan.mark()).hasSize(5);
    }

    @Test
    void thirtyNamesGetThirtyAddressesAndTheSameNameTheSame() throws Exception {
        Set<Integer> reserved = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            assertThat(reserved.add(plan.free("member-" + i, reserved).orElseThrow())).isTrue();
        }
        assertThat(plan.free("ada", Set.of())).isEqualTo(plan.free("ada", Set.of()));
    }

    @Test
    void aBlockThatIsFullHasNone() throws Exception {
        NetworkPlan small = new NetworkPlan("abcde", AddressBlock.parse("203.0.113.0/24"));
        Set<Integer> all = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            all.add(i);
        }
        assertThat(small.free("ada", all)).isEmpty();
    }

    @Test
    void theRulesNameNobodyElsesInterfaces() {
        String rules = new PacketRules(plan).text(true, List.of("eth0"));

        assertThat(rules)
                .contains("table inet keyhole_" + plan.mark())
                .contains("iifname \"kh" + plan.mark() + "n*\" jump out")
                .contains("169.254.0.0/16")
                .doesNotContain("eth0");
        assertThat(new PacketRules(plan).text(false, List.of("eth0", "wg0")))
                .as("a machine that did not forward still does not, between its ways out")
                .contains("iifname { \"eth0\", \"wg0\" } oifname { \"eth0\", \"wg0\" } drop");
    }
}
