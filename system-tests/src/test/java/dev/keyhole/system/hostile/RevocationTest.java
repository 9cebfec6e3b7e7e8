package dev.keyhole.system.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.LoopbackServer;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people at one door, and an operator who changes his mind while their tunnels are open. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RevocationTest {
    /** From the operator's command to the end of the session. */
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path place = Places.fresh("revocation");
    private final LoopbackServer echo = LoopbackServer.echo();
    private final ServedDoor door = ServedDoor.of("session: {unused-after: 8s}", "ada", "bob");

    RevocationTest() {
        door.keyhole("service", "add", "echo", "--address", "127.0.0.1:" + echo.port()).orFail();
        door.keyhole("service", "grant", "echo", "ada").orFail();
    }

    @AfterAll
    void close() {
        door.close();
        echo.close();
        Places.remove(place);
    }

    /** A tunnel to the shared service with a connection in it that carries bytes. */
    private record InUse(Tunnel tunnel, Socket socket) implements AutoCloseable {
        static InUse of(Ssh ssh) throws IOException {
            Tunnel tunnel = ssh.tunnel("echo", 5432);
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort());
            InUse use = new InUse(tunnel, socket);
            assertThat(use.carries()).isTrue();
            return use;
        }

        boolean carries() {
            try {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("hello".getBytes(US_ASCII));
                return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("hello");
            } catch (IOException e) {
                return false;
            }
        }

        void assertEnds(Duration within, String text) {
            Awaitility.await("the session ends").atMost(within).until(() -> !tunnel.isOpen());
            assertThat(tunnel.output()).contains(text);
            assertThat(carries()).isFalse();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            tunnel.close();
        }
    }

    // E29, F8
    @Test
    void aLockEndsTheSessionWithTheOperatorsReasonAndNobodyElses() throws IOException {
        door.keyhole("service", "grant", "echo", "bob").orFail();
        try (InUse ada = InUse.of(door.ssh("ada"));
                InUse bob = InUse.of(door.ssh("bob"))) {
            door.keyhole("principal", "lock", "ada", "--reason", "unpaid bill").orFail();

            ada.assertEnds(PROMISED, "PRINCIPAL_LOCKED: ");
            assertThat(ada.tunnel().output()).contains("unpaid bill");
            Ran again = door.ssh("ada").run("keyhole", "services");
            assertThat(again.exit()).isEqualTo(255);
            assertThat(again.stderr()).contains("PRINCIPAL_LOCKED: ").contains("unpaid bill");
            assertThat(bob.carries()).isTrue();
        } finally {
            door.keyhole("principal", "unlock", "ada").orFail();
            door.keyhole("service", "withdraw", "echo", "bob").orFail();
        }
        assertThat(door.ssh("ada").run("keyhole", "services").exit()).isZero();
    }

    // E29
    @Test
    void aRemovedKeyEndsItsOwnSessionsAndNoOthers() throws IOException {
        KeyFile second = KeyFile.make(place, "second");
        door.keyhole("key", "add", "ada", second.publicFile().toString()).orFail();
        try (InUse first = InUse.of(door.ssh("ada"));
                InUse gone = InUse.of(door.ssh("ada").withKey(second))) {
            door.keyhole("key", "remove", "--comment", "second").orFail();

            gone.assertEnds(PROMISED, "KEY_REMOVED: ");
            assertThat(first.carries()).isTrue();
        }
        assertThat(door.ssh("ada").withKey(second).run("keyhole", "services").stderr())
                .contains("Permission denied (publickey)");
    }

    // E29, E28
    @Test
    void aSessionDoesNotOutliveItsKey() throws IOException {
        KeyFile brief = KeyFile.make(place, "brief");
        Instant end = Instant.now().plusSeconds(15);
        enrol(brief, "expiry-time=\"" + EXPIRY.format(end) + "\"");
        try (InUse use = InUse.of(door.ssh("ada").withKey(brief))) {
            use.assertEnds(Duration.between(Instant.now(), end).plus(PROMISED), "KEY_EXPIRED: ");
        }
        assertThat(door.ssh("ada").withKey(brief).run("keyhole", "services").stderr())
                .contains("KEY_EXPIRED: ");
    }

    // E29
    @Test
    void aSessionDoesNotOutliveItsCertificateOrItsAuthority() throws IOException {
        Authority lab = Authority.make(place, "lab");
        door.keyhole("ca", "add", "lab", lab.key().publicFile().toString()).orFail();
        KeyFile brief =
                lab.certified("certified", List.of("ed25519"), "-n", "ada", "-V", "-1m:+12s");
        KeyFile other = lab.certified("other", List.of("ed25519"), "-n", "ada");
        try (InUse ends = InUse.of(door.ssh("ada").withKey(brief));
                InUse stays = InUse.of(door.ssh("ada").withKey(other))) {
            ends.assertEnds(Duration.ofSeconds(18), "CERTIFICATE_EXPIRED: ");
            assertThat(stays.carries()).isTrue();

            door.keyhole("ca", "remove", "lab", "--yes").orFail();
            stays.assertEnds(PROMISED, "AUTHORITY_REMOVED: ");
        }
    }

    // E28
    @Test
    void aKeyWorksOnlyFromWhereItsLineSays() throws IOException {
        KeyFile elsewhere = KeyFile.make(place, "elsewhere");
        enrol(elsewhere, "from=\"10.0.0.0/8\"");
        KeyFile here = KeyFile.make(place, "here");
        enrol(here, "from=\"127.0.0.0/8\"");

        assertThat(door.ssh("ada").withKey(elsewhere).run("keyhole", "services").stderr())
                .contains("Permission denied (publickey)");
        assertThat(door.ssh("ada").withKey(here).run("keyhole", "services").exit()).isZero();
    }

    // E28
    @Test
    void restrictAndPermitopenHoldForForwards() throws IOException {
        KeyFile restricted = KeyFile.make(place, "restricted");
        enrol(restricted, "restrict");
        KeyFile only = KeyFile.make(place, "only");
        enrol(only, "permitopen=\"echo:*\"");

        assertThat(door.ssh("ada").withKey(restricted).run("keyhole", "services").exit()).isZero();
        assertThat(forwardError("ada", restricted, "echo:1")).contains("KEY_FORBIDS_FORWARDING: ");
        assertThat(forwardError("ada", only, "jupyter:1")).contains("SERVICE_NOT_PERMITTED: ");
        try (InUse use = InUse.of(door.ssh("ada").withKey(only))) {
            assertThat(use.carries()).isTrue();
        }
    }

    // F4
    @Test
    void whatIsSharedWithOthersDoesNotExist() {
        String shared = forwardError("bob", door.key("bob"), "echo:5432");
        String nothing = forwardError("bob", door.key("bob"), "none:5432");

        assertThat(shared).contains("SERVICE_UNKNOWN: ");
        assertThat(shared.replace("echo", "none")).isEqualTo(nothing);
        assertThat(forwardError("bob", door.key("bob"), "ada:8888")).contains("SERVICE_UNKNOWN: ");
    }

    private String forwardError(String principal, KeyFile key, String destination) {
        Ran ran = door.ssh(principal).withKey(key).with("-W", destination).run();
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
        return ran.stderr();
    }

    // F13
    @Test
    void aSessionThatOnlyListensIsEndedAndOneInUseIsNot() throws IOException {
        try (InUse used = InUse.of(door.ssh("ada"));
                Tunnel unused = door.ssh("ada").tunnel("echo", 1)) {
            Awaitility.await("the unused one ends")
                    .atMost(Duration.ofSeconds(14))
                    .until(() -> !unused.isOpen());
            assertThat(unused.output()).contains("SESSION_UNUSED: ");
            assertThat(used.carries()).isTrue();
        }
    }

    // E19
    @Test
    void anothersKeyLooksLikeNobodysWhateverTheLogin() {
        JsonObject verdict =
                Python.attack(door, "ada", "login.py", "offers-a-known-key-under-names");

        assertThat(verdict.get("known key, other name"))
                .isEqualTo(verdict.get("unknown key, other name"));
        assertThat(verdict.get("known key, other name"))
                .isEqualTo(verdict.get("unknown key, own name"));
    }

    // E18; statistical: a difference counts only when three runs in a row find it.
    @Test
    void timingDoesNotTellAKnownNameFromAnUnknownOne() {
        JsonObject verdict = new JsonObject();
        for (int run = 0; run < 3; run++) {
            verdict = Python.attack(door, "ada", "timing.py", "known-or-not");
            assertThat(verdict.get("same messages").getAsBoolean()).isTrue();
            if (verdict.get("median difference").getAsDouble() < 1
                    && verdict.get("p").getAsDouble() > 0.01) {
                return;
            }
        }
        assertThat(verdict.toString()).as("three runs found a difference, last").isEmpty();
    }

    /** As an existing authorized_keys is adopted. */
    private void enrol(KeyFile key, String options) throws IOException {
        Path file = place.resolve("authorized_keys-" + key.file().getFileName());
        Files.writeString(file, options + " " + key.line() + "\n");
        door.keyhole("key", "add", "ada", file.toString()).orFail();
    }
}
