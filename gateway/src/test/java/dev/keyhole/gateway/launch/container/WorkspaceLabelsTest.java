package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkspaceLabelsTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final WorkspaceLabels HERE = WorkspaceLabels.of(Path.of("/srv/keyhole"));

    @Test
    void theSameHomeAndPrincipalHaveTheSameNameForEver() {
        assertThat(HERE.name(ADA)).isEqualTo("keyhole-7952d0ef3e5d-ada");
        assertThat(WorkspaceLabels.of(Path.of("/srv/keyhole"))).isEqualTo(HERE);
    }

    @Test
    void anotherHomeOnTheSameEngineHasOtherNamesAndLabels() {
        WorkspaceLabels there = WorkspaceLabels.of(Path.of("/srv/keyhole2"));

        assertThat(there.name(ADA)).isNotEqualTo(HERE.name(ADA));
        assertThat(there.of(ADA)).isNotEqualTo(HERE.of(ADA));
    }

    @Test
    void anotherPrincipalHasAnotherName() {
        assertThat(HERE.name(new PrincipalName("ada-2"))).isNotEqualTo(HERE.name(ADA));
        assertThat(HERE.of(new PrincipalName("bob"))).isNotEqualTo(HERE.of(ADA));
    }

    @Test
    void labelsSayWhoseItIsAndNotWhereTheHomeIs() {
        assertThat(HERE.of(ADA))
                .containsEntry("dev.keyhole.principal", "ada")
                .containsKey("dev.keyhole.home")
                .doesNotContainValue("/srv/keyhole");
    }

    @Test
    void theLongestNameIsOneThatEveryEngineTakes() {
        PrincipalName longest = new PrincipalName("a_" + "b".repeat(21) + "-");

        assertThat(HERE.name(longest)).matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    }
}
