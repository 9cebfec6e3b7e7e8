package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.container.ContainerPlaces;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedWithContainersTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");

    @TempDir private Path home;
    @TempDir private Path elsewhere;
    private SharedWithContainers places;

    @BeforeEach
    void ofAnEmptyHome() throws IOException {
        HomeLayout layout = new HomeLayout(home);
        Files.createDirectories(Objects.requireNonNull(layout.innerIdentity().getParent()));
        places = new SharedWithContainers(layout, OsUser.current());
    }

    @AfterEach
    void nothingIsLeftInShortDirectories() throws IOException {
        places.remove(ADA);
        places.remove(BOB);
    }

    @Test
    void aHostKeyIsMadeOnceAndIsTheOneThatIsPinned() throws IOException {
        ContainerPlaces.Place first = places.open(ADA);

        assertThat(places.open(ADA)).isEqualTo(first);
        assertThat(first.host().hostKey()).startsWith("ssh-ed25519 ");
        assertThat(places.open(BOB).host().hostKey()).isNotEqualTo(first.host().hostKey());
    }

    @Test
    void whatIsPlantedIsTheHostKeyTheDoorsPublicKeyAndTheName() throws IOException {
        Path planted = places.open(ADA).planted();

        assertThat(planted).isDirectoryContaining("glob:**/host_key");
        assertThat(planted.resolve("principal")).hasContent("ada");
        assertThat(planted.resolve("authorized_keys"))
                .hasContent(places.identity().publicLine())
                .content()
                .doesNotContain("PRIVATE");
    }

    @Test
    void theSocketIsShortEnoughAndInADirectoryOfThatPersonAlone() throws IOException {
        SshHost.Place.Socket hers = (SshHost.Place.Socket) places.open(ADA).host().place();
        SshHost.Place.Socket his = (SshHost.Place.Socket) places.open(BOB).host().place();

        assertThat(hers.socket().toString()).hasSizeLessThan(108);
        assertThat(hers.socket().getParent())
                .isEqualTo(places.open(ADA).run())
                .isNotEqualTo(his.socket().getParent());
    }

    @Test
    void whateverWasLeftInTheSharedDirectoryGoesAndNothingThatItPointsTo() throws IOException {
        Path run = places.open(ADA).run();
        Path precious = Files.writeString(elsewhere.resolve("precious"), "x");
        Files.createDirectories(run.resolve("a/b"));
        Files.writeString(run.resolve("a/b/c"), "x");
        Files.createSymbolicLink(run.resolve("door.sock"), precious);
        Files.createSymbolicLink(run.resolve("a/dir"), elsewhere);

        places.remove(ADA);

        assertThat(Files.exists(run, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(precious).hasContent("x");
    }

    @Test
    void whoeverComesLaterHasAnotherHostKeyAndWhoWasNeverHereIsNoFailure() throws IOException {
        String before = places.open(ADA).host().hostKey();
        places.remove(ADA);
        places.remove(BOB);

        assertThat(places.open(ADA).host().hostKey()).isNotEqualTo(before);
    }
}
