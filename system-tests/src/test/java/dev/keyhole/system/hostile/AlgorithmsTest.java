package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.TestVenv;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the door offers before anybody has logged in. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class AlgorithmsTest {
    // E1
    @Test
    void sshAuditFindsExactlyThePublishedPolicy(Door door) {
        Ran audit =
                Ran.of(
                        Duration.ofSeconds(60),
                        TestVenv.tools().resolve("bin/ssh-audit").toString(),
                        "-P",
                        Places.checkout().resolve("deploy/ssh-audit/keyhole-strict.txt").toString(),
                        "-p",
                        "" + door.port(),
                        "127.0.0.1");

        assertThat(audit.exit()).as(audit.toString()).isZero();
        assertThat(audit.stdout()).contains("Passed");
    }

    // E2
    @Test
    void aClientGetsPostQuantumKeysFromMlKem(Door door) {
        JsonObject verdict = Python.attackWithNewLibraries(door, "transport.py", "post-quantum");

        assertThat(verdict.get("alive").getAsBoolean()).isTrue();
    }

    // E2
    @Test
    void anOlderOpenSshGetsPostQuantumKeysFromNtruPrime(Door door) {
        Ran ran =
                door.ssh()
                        .with("-v", "-o", "KexAlgorithms=sntrup761x25519-sha512@openssh.com")
                        .run("keyhole", "services")
                        .orFail();

        assertThat(ran.stderr()).contains("kex: algorithm: sntrup761x25519-sha512@openssh.com");
    }

    // E4
    @Test
    void onlyPublicKeysCanLogIn(Door door) {
        Ran ran =
                door.ssh()
                        .with(
                                "-v",
                                "-o",
                                "PreferredAuthentications=none,password,keyboard-interactive,hostbased,gssapi-with-mic")
                        .run("keyhole", "services");

        assertThat(ran.exit()).isEqualTo(255);
        assertThat(ran.stderr().lines().filter(line -> line.contains("can continue")).distinct())
                .containsExactly("debug1: Authentications that can continue: publickey");
    }

    // E4
    @Test
    void otherMethodsAreRefusedAlsoToAClientThatInsists(Door door) {
        for (String method :
                new String[] {
                    "none", "password", "keyboard-interactive", "hostbased", "gssapi-with-mic"
                }) {
            JsonObject verdict = Python.attack(door, "login.py", "other-method", method);

            assertThat(verdict.get("methods").getAsString()).as(method).isEqualTo("publickey");
            assertThat(verdict.get("partial").getAsBoolean()).as(method).isFalse();
        }
    }

    // E5
    @Test
    void signaturesWithSha1AreNotEvenNamed(Door door) {
        JsonObject verdict = Python.attack(door, "login.py", "other-method", "none");

        assertThat(verdict.get("sigs").getAsString().split(","))
                .contains("ssh-ed25519", "rsa-sha2-512")
                .doesNotContain("ssh-rsa", "ssh-dss");
    }

    // E15
    @Test
    void strictKeyExchangeIsOfferedAlsoToAScannerThatOnlyWaits(Door door) {
        JsonObject offers = Python.attack(door, "transport.py", "scanner-that-waits");

        assertThat(Verdicts.list(offers, "kex"))
                .contains("kex-strict-s-v00@openssh.com")
                .first()
                .isEqualTo("mlkem768x25519-sha256");
    }

    // A11
    @Test
    void compressionIsNotOffered(Door door) {
        JsonObject offers = Python.attack(door, "transport.py", "scanner-that-waits");
        assertThat(Verdicts.list(offers, "compression in")).containsExactly("none");
        assertThat(Verdicts.list(offers, "compression out")).containsExactly("none");

        assertThat(Verdicts.texts(Python.attack(door, "transport.py", "only-zlib")))
                .containsAllEntriesOf(Map.of("zlib", "no match", "zlib@openssh.com", "no match"));
    }
}
