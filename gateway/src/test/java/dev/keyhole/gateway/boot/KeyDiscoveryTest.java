package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.PublicKeys;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDiscoveryTest {
    @TempDir private Path ssh;

    @Test
    void authorizedKeysAndPublicFilesAreFoundEachKeyOnce() throws IOException {
        write("authorized_keys", "# mine\n" + PublicKeys.line("ed25519") + "\n\n");
        write("id_ed25519.pub", PublicKeys.line("ed25519"));
        write("work.pub", PublicKeys.line("ecdsa-b256"));
        write("config", "Host *");

        KeyDiscovery.Found found = KeyDiscovery.in(ssh, KeyRules.usual());

        assertThat(found.usable()).hasSize(2);
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void skippedLinesAreNamedWithTheirPlaceAndNextMove() throws IOException {
        write(
                "authorized_keys",
                "\n" + PublicKeys.line("rsa-b2048") + "\n" + PublicKeys.line("ed25519"));

        KeyDiscovery.Found found = KeyDiscovery.in(ssh, KeyRules.usual());

        assertThat(found.usable()).hasSize(1);
        assertThat(found.notes())
                .singleElement()
                .asString()
                .startsWith(
                        ssh.resolve("authorized_keys")
                                + ":2: ada@laptop is skipped: RSA with 2048 bits")
                .contains("--rsa-min 2048");
    }

    @Test
    void aLimitInAuthorizedKeysHoldsForAnUnlimitedCopyToo() throws IOException {
        write("authorized_keys", "command=\"backup\" " + PublicKeys.line("ed25519"));
        write("backup.pub", PublicKeys.line("ed25519"));

        assertThat(KeyDiscovery.in(ssh, KeyRules.usual()).usable()).isEmpty();
    }

    @Test
    void withoutAnyKeyTheAnswerSaysHowToGetOneAndExitsRefused() {
        CannotStart answer =
                KeyDiscovery.nothingUsable(KeyDiscovery.in(ssh.resolve("none"), KeyRules.usual()));

        assertThat(answer.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(answer)
                .hasMessageContaining("ssh-keygen -t ed25519")
                .hasMessageContaining(">> ~/.ssh/authorized_keys")
                .hasMessageContaining("*.pub");
    }

    @Test
    void aPrivateKeyIsRefusedUnlessItsPublicHalfLiesBesideIt() throws IOException, CannotStart {
        Path key = write("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");

        assertThatThrownBy(() -> KeyDiscovery.named(List.of(key), KeyRules.usual()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is a private key")
                .hasMessageContaining("ssh-keygen -y -f");

        write("id.pub", PublicKeys.line("ed25519"));
        assertThat(KeyDiscovery.named(List.of(key), KeyRules.usual()).usable()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsAUsageError() {
        assertThatThrownBy(() -> KeyDiscovery.named(List.of(ssh.resolve("x")), KeyRules.usual()))
                .isInstanceOfSatisfying(
                        CannotStart.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageContaining("does not exist");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(ssh.resolve(name), text);
    }
}
