package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.PublicKeys;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.wire.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesAndServicesTest {
    private static final String KEY = PublicKeys.line("ed25519");

    private final Registry registry = new Registry();

    @Test
    void anAuthorityIsOneKeyWithoutOptions() {
        assertThat(add("from=\"10.0.0.0/8\" " + KEY).status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(add(KEY + "\n" + PublicKeys.line("ecdsa-b256")).status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(add("nothing").status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(registry.now().authorities()).isEmpty();

        assertThat(add(KEY).status()).isEqualTo(ExitStatus.DONE);
        assertThat(registry.run("ca list").text()).contains("campus", "SHA256:");
        assertThat(add(KEY).text()).contains("already");
    }

    @Test
    void aCertificateIsRevokedBySerialOrByKeyId() {
        add(KEY);

        assertThat(revoke("serial", "18446744073709551615").status()).isEqualTo(ExitStatus.DONE);
        assertThat(revoke("keyId", "ada@campus").status()).isEqualTo(ExitStatus.DONE);
        assertThat(revoke("serial", "18446744073709551616").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(revoke("serial", "-1").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(revoke("keyId", "a\u001bb").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(registry.run("ca revoke", "name", "campus", "reason", "x").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(registry.now().revoked()).hasSize(2);
        assertThat(registry.run("ca list").text()).contains("Revoked:", "ada@campus");
        registry.run("ca remove", "name", "campus");
        assertThat(registry.now().revoked()).isEmpty();
    }

    @Test
    void aServiceIsNobodysUntilItIsGranted() {
        registry.run("principal add", "name", "ada");
        registry.run("principal add", "name", "bob");

        assertThat(share("postgres", "10.0.0.5:5432").text()).contains("Nobody may reach it yet");
        assertThat(grant("ada", "bob").text()).contains("ada, bob");
        assertThat(grant("ada").status()).as("twice").isEqualTo(ExitStatus.REFUSED);
        assertThat(grant("eve").text()).contains("no principal eve");
        assertThat(
                        registry.run(
                                        "service withdraw",
                                        "name",
                                        "postgres",
                                        "principals",
                                        List.of("bob"))
                                .text())
                .contains("reached by ada now");
        assertThat(registry.run("principal show", "name", "ada").text()).contains("postgres");
        assertThat(registry.run("service remove", "name", "postgres").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(registry.run("service list").text()).contains("No services");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5",
                "10.0.0.5:0",
                "10.0.0.5:65536",
                "10.0.0.5:http",
                "relative/path.sock",
                ":80",
                "nowhere.invalid:80",
                "http://10.0.0.5:80"
            })
    void anAddressThatIsNoneIsAMistake(String address) {
        Answer refused = share("postgres", address);

        assertThat(refused.status()).as(refused.text()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text()).contains("--address: ");
        assertThat(registry.now().services()).isEmpty();
    }

    @Test
    void anAddressThatIsNeverSharedIsRefusedByItsCode() {
        Answer refused = share("postgres", "192.168.0.1:80");

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).startsWith("ADDRESS_REFUSED: ");
        assertThat(registry.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jupyter", "localhost", "Post_gres", ""})
    void aNameThatIsTakenOrNoneIsRefused(String name) {
        assertThat(share(name, "10.0.0.5:5432").status()).isEqualTo(ExitStatus.USAGE);
    }

    private Answer add(String text) {
        return registry.run("ca add", "name", "campus", "file", "ca.pub", "text", text);
    }

    private Answer revoke(String by, String what) {
        return registry.run("ca revoke", "name", "campus", by, what, "reason", "lost");
    }

    private Answer share(String name, String address) {
        return registry.run("service add", "name", name, "address", address);
    }

    private Answer grant(String... principals) {
        return registry.run("service grant", "name", "postgres", "principals", List.of(principals));
    }
}
