package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Resources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContainerWallsTest {
    private static final Resources LIMITED =
            new Resources(
                    OptionalLong.of(1 << 30),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());

    @Test
    void whatEveryContainerHasStands() {
        assertThat(standing(ContainerNetwork.OPEN, Resources.UNSAID))
                .containsExactlyInAnyOrder(
                        "user", "files", "processes", "devices", "groups", "network");
    }

    @Test
    void memoryStandsOnlyWhereItIsLimitedAndElseNamesTheKey() {
        assertThat(standing(ContainerNetwork.OPEN, LIMITED)).contains("memory");
        assertThat(missing(ContainerNetwork.OPEN, Resources.UNSAID))
                .filteredOn(part -> part.word().equals("memory"))
                .singleElement()
                .satisfies(part -> assertThat(part.why()).contains("workspace.memory"));
    }

    @Test
    void anOpenNetworkIsSaidAndAClosedOneIsNot() {
        assertThat(missing(ContainerNetwork.OPEN, LIMITED))
                .extracting(IsolationPart::word)
                .contains("egress");
        assertThat(ContainerWalls.of(ContainerNetwork.NONE, LIMITED))
                .extracting(IsolationPart::word)
                .doesNotContain("egress");
    }

    @Test
    void thatOnePersonCanFillTheDiskIsAlwaysSaid() {
        for (ContainerNetwork network : ContainerNetwork.values()) {
            assertThat(missing(network, LIMITED)).extracting(IsolationPart::word).contains("disk");
        }
    }

    private static List<String> standing(ContainerNetwork network, Resources limits) {
        return ContainerWalls.of(network, limits).stream()
                .filter(IsolationPart::inForce)
                .map(IsolationPart::word)
                .toList();
    }

    private static List<IsolationPart> missing(ContainerNetwork network, Resources limits) {
        return ContainerWalls.of(network, limits).stream().filter(part -> !part.inForce()).toList();
    }
}
