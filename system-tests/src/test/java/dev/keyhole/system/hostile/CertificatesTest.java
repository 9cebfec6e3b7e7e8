package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User certificates made by the real ssh-keygen: those that are accepted, and all those that are not (E9). */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificatesTest {
    private final Path place = Places.fresh("certificates");
    private final ServedDoor door = ServedDoor.of("", "ada", "bob");
    private final Authority lab = Authority.make(place, "lab");
    private int made;

    CertificatesTest() {
        door.keyhole("ca", "add", "lab", lab.key().publicFile().toString()).orFail();
    }

    @AfterAll
    void close() {
        door.close();
        Places.remove(place);
    }

    private KeyFile certificate(String... options) {
        return lab.certified("k" + made++, List.of("ed25519"), options);
    }

    private Ran login(KeyFile key, String login) {
        return door.ssh("ada").withKey(key).as(login).run("keyhole", "services");
    }

    private void assertIn(Ran ran) {
        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.stdout()).contains("jupyter");
    }

    private void assertOut(Ran ran) {
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
        assertThat(ran.stderr()).contains("Permission denied (publickey)");
    }

    // E9
    @ParameterizedTest
    @CsvSource({"ed25519,", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,3072"})
    void aCertificateOfAnEnrolledAuthorityLogsIn(String kind, String bits) {
        List<String> type = bits == null ? List.of(kind) : List.of(kind, "-b", bits);

        assertIn(login(lab.certified(kind + bits, type, "-n", "ada"), "ada"));
    }

    // E9
    @Test
    void theLoginMustBeOneOfItsPrincipals() {
        KeyFile both = certificate("-n", "ada,bob");
        assertIn(login(both, "ada"));
        assertIn(login(both, "bob"));
        assertOut(login(both, "keyhole"));

        KeyFile ada = certificate("-n", "ada");
        assertOut(login(ada, "bob"));
        assertIn(login(ada, "keyhole"));
    }

    // E9
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-n ada -O force-command=id",
                "-n ada -O verify-required",
                "-n ada -O critical:made-up@example.org=x",
                "-n ada -O source-address=10.0.0.0/8",
                "-n ada -V 20200101:20210101",
                "-n ada -V +1d:+2d",
                "-n carol",
                "-n bob",
                "-n ada -h",
                ""
            })
    void everyOtherKindIsRefusedLikeAnUnknownKey(String options) {
        KeyFile key = certificate(options.isEmpty() ? new String[0] : options.split(" "));

        assertOut(login(key, "ada"));
    }

    // E9
    @Test
    void aSourceAddressThatFitsIsFine() {
        assertIn(
                login(
                        certificate("-n", "ada", "-O", "source-address=10.0.0.0/8,127.0.0.1"),
                        "ada"));
    }

    // E9
    @Test
    void anAuthorityThatNobodyEnrolledIsNobody() {
        Authority stranger = Authority.make(place, "stranger");

        assertOut(login(stranger.certified("strange", List.of("ed25519"), "-n", "ada"), "ada"));
    }

    // E9, E5
    @Test
    void aSha1SignatureOfAnRsaAuthorityIsRefused() {
        Authority rsa = Authority.make(place, "rsa-ca", "rsa", "-b", "3072");
        door.keyhole("ca", "add", "rsa", rsa.key().publicFile().toString()).orFail();

        assertIn(login(rsa.certified("sha2", List.of("ed25519"), "-n", "ada"), "ada"));
        assertOut(
                login(
                        rsa.certified("sha1", List.of("ed25519"), "-n", "ada", "-t", "ssh-rsa"),
                        "ada"));
    }

    @Test
    void aShortRsaKeyDoesNotGetInByACertificate() {
        KeyFile weak = lab.certified("weak", List.of("rsa", "-b", "2048"), "-n", "ada");

        assertOut(login(weak, "ada"));
    }

    // E9
    @Test
    void withoutPermitPortForwardingItOpensNoForwards() {
        KeyFile key = certificate("-n", "ada", "-O", "clear", "-O", "permit-pty");

        assertIn(login(key, "ada"));
        Ran forward = door.ssh("ada").withKey(key).with("-W", "jupyter:80").run();
        assertThat(forward.exit()).isEqualTo(255);
        assertThat(forward.stderr())
                .contains("administratively prohibited: CERT_FORBIDS_FORWARDING: ");
    }

    // E9
    @Test
    void aRevokedOneIsToldSoAndOthersOfTheAuthorityStay() {
        KeyFile bySerial = certificate("-n", "ada", "-z", "4711");
        KeyFile other = certificate("-n", "ada", "-z", "4712");
        door.keyhole("ca", "revoke", "lab", "--serial", "4711", "--reason", "lost").orFail();

        Ran refused = login(bySerial, "ada");
        assertThat(refused.exit()).isEqualTo(255);
        assertThat(refused.stderr()).contains("CERTIFICATE_REVOKED: ");
        assertIn(login(other, "ada"));
    }

    @Test
    void theKeyAloneStillLogsInAsItsOwner() {
        assertIn(login(door.key("bob"), "bob"));
    }
}
