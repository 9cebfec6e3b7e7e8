package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only root maps, so only as root there is something to see. */
class UserMappingTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final String PERSON = "kh-test-person";

    @TempDir private Path home;
    private OsUsers users;
    private UserMapping mapping;

    @BeforeEach
    void makePerson() throws Exception {
        assumeTrue(OsUser.current().isRoot());
        HomeLayout layout = new HomeLayout(home);
        users = OsUsers.ofThisProcess().mappedBy(new UserMap(layout.osUsers()));
        users.ensureDoor();
        mapping = new UserMapping(layout, users);
        run("useradd", "--no-create-home", "--uid", "54321", PERSON);
    }

    @AfterEach
    void removePerson() throws Exception {
        if (OsUser.current().isRoot()) {
            run("userdel", PERSON);
        }
    }

    @Test
    void aPrincipalRunsAsTheAccountThatRootNamed() throws Exception {
        mapping.map(ADA, PERSON);

        assertThat(users.of(ADA).uid()).isEqualTo(54321);
        assertThat(users.ensure(ADA, home).name()).isEqualTo(PERSON);
        assertThat(Files.readString(home.resolve("os-users"))).isEqualTo("ada " + PERSON + "\n");

        mapping.unmap(ADA);
        assertThat(Files.readString(home.resolve("os-users"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "daemon", "nobody", "keyhole", "no-such-account", "../x", "-x"})
    void noAccountOfTheSystemIsAPrincipals(String account) {
        assertThatThrownBy(() -> mapping.map(ADA, account)).isInstanceOf(LaunchFailure.class);
        assertThat(home.resolve("os-users")).doesNotExist();
    }

    @Test
    void anAccountIsOnePrincipalsOnly() throws Exception {
        mapping.map(ADA, PERSON);

        assertThatThrownBy(() -> mapping.map(BOB, PERSON)).hasMessageContaining("that of ada");
        mapping.map(ADA, PERSON);
    }

    @Test
    void filesOfAnotherUserAreNotGivenAway() throws Exception {
        Files.createDirectories(home.resolve("workspaces/ada/home"));

        assertThatThrownBy(() -> mapping.map(ADA, PERSON))
                .hasMessageContaining("another OS user already");
    }

    @Test
    void aDamagedMapGivesNobodyAnAccount() throws Exception {
        Files.writeString(home.resolve("os-users"), "ada\n");

        assertThatThrownBy(() -> users.of(ADA)).hasMessageContaining("damaged");
        Files.writeString(home.resolve("os-users"), "ada root\n");
        assertThatThrownBy(() -> users.of(ADA)).hasMessageContaining("cannot be a principal's");
    }

    private static void run(String... command) throws Exception {
        Ran ran = Ran.quietly(List.of(command), Duration.ofSeconds(20));
        assertThat(ran.status()).as(ran.toString()).isZero();
    }
}
