package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRecordsTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final List<ServiceName> BOTH =
            List.of(ServiceName.JUPYTER, ServiceName.TENSORBOARD);

    @TempDir private Path home;
    private ContainerRecords records;

    @BeforeEach
    void ofAnEmptyHome() {
        records = new ContainerRecords(new HomeLayout(home));
    }

    @Test
    void whatIsWantedInAContainerOutlivesTheDoor() throws IOException {
        records.want(ADA, ServiceName.JUPYTER, "one");

        assertThat(new ContainerRecords(new HomeLayout(home)).wanted(ADA, BOTH, "one"))
                .containsExactly(ServiceName.JUPYTER);
    }

    @Test
    void whatWasWantedInAnotherContainerCountsForNothing() throws IOException {
        records.want(ADA, ServiceName.JUPYTER, "one");
        records.want(ADA, ServiceName.TENSORBOARD, "two");

        assertThat(records.wanted(ADA, BOTH, "two")).containsExactly(ServiceName.TENSORBOARD);
        assertThat(records.wanted(BOB, BOTH, "two")).isEmpty();
    }

    @Test
    void whatIsForgottenIsNotWantedAndForgettingTwiceIsNothing() throws IOException {
        records.want(ADA, ServiceName.JUPYTER, "one");
        records.want(ADA, ServiceName.TENSORBOARD, "one");
        records.forget(ADA, ServiceName.JUPYTER);
        records.forget(ADA, ServiceName.JUPYTER);

        assertThat(records.wanted(ADA, BOTH, "one")).containsExactly(ServiceName.TENSORBOARD);
    }

    @Test
    void onlyTheServicesThatAreAskedForAreFound() throws IOException {
        records.want(ADA, ContainerLauncher.ITSELF, "one");

        assertThat(records.wanted(ADA, BOTH, "one")).isEmpty();
        assertThat(records.wanted(ADA, List.of(ContainerLauncher.ITSELF), "one")).hasSize(1);
    }

    @Test
    void aVolumeKeepsItsNameAndNoTwoPeopleShareOne() throws IOException {
        String first = records.volume(ADA, "keyhole-x-ada");

        assertThat(first).matches("keyhole-x-ada-[0-9a-f]{8}");
        assertThat(records.volume(ADA, "keyhole-x-ada")).isEqualTo(first);
        assertThat(records.volume(BOB, "keyhole-x-bob")).isNotEqualTo(first);
    }

    @Test
    void whoComesLaterUnderTheSameNameGetsAnotherVolume() throws IOException {
        String first = records.volume(ADA, "keyhole-x-ada");

        assertThat(records.giveUpVolume(ADA)).contains(first);
        assertThat(home.resolve("removed").resolve(first + ".volume")).content().contains("ada");
        assertThat(records.volume(ADA, "keyhole-x-ada")).isNotEqualTo(first);
    }

    @Test
    void whoNeverHadAVolumeLeavesNone() throws IOException {
        assertThat(records.giveUpVolume(ADA)).isEmpty();
        assertThat(Files.exists(home.resolve("removed"))).isFalse();
    }
}
