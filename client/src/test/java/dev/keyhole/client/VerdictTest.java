package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.wire.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts are what OpenSSH 9.2 wrote. */
class VerdictTest {
    private static final Route ROUTE =
            Route.complete(Destination.parse("127.0.0.1:22022"), List.of(), "me");
    private static final String OFFERED = "SHA256:6Db8/4oOR/9lEvPi2Y3x3qGgBIAKU5/kCLeCpHWJ1bg";
    private static final String KNOWN = "SHA256:gor6i1hQTEp5TSkh3LDK3nQgmwuvngEzoG6GmCPp6z0";

    private final List<String> remarks = new ArrayList<>();

    @Test
    void aChangedHostKeyShowsBothFingerprintsAndNoneOfTheShouting(@TempDir Path folder)
            throws Exception {
        String line =
                "[127.0.0.1]:22022 ssh-ed25519"
                        + " AAAAC3NzaC1lZDI1NTE5AAAAIA1kPE6/77FeAhBe3W3wblx1r0WONQIf8ppNSbkC0BQ0";
        Path knownHosts =
                Files.writeString(folder.resolve("known_hosts"), "# mine\n" + line + "\n");
        Ending ending =
                verdict(
                        new HostKeyRule.Known(List.of()),
                        """
                        debug1: Server host key: ssh-ed25519 %s
                        @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                        @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
                        @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                        IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
                        Someone could be eavesdropping on you right now (man-in-the-middle attack)!
                        It is also possible that a host key has just been changed.
                        The fingerprint for the ED25519 key sent by the remote host is
                        %s.
                        Please contact your system administrator.
                        Add correct host key in /home/ada/.ssh/known_hosts to get rid of this message.
                        Offending ED25519 key in %s:2
                        Host key for [127.0.0.1]:22022 has changed and you have requested strict checking.
                        Host key verification failed.
                        """
                                .formatted(KNOWN, KNOWN, knownHosts));
        assertThat(ending.status()).isEqualTo(ExitStatus.HOST_KEY_CHANGED);
        assertThat(ending.text())
                .contains("offered " + KNOWN, "known   " + OFFERED, "No key was offered");
        assertThat(ending.nextMove()).contains("ssh-keygen -R '[127.0.0.1]:22022'");
        assertThat(ending.mayPass()).isFalse();
        assertThat(remarks).isEmpty();
    }

    @Test
    void anUnknownHostKeyWithoutATerminalNamesTheNextMove() {
        Ending ending =
                verdict(
                        new HostKeyRule.Known(List.of()),
                        """
                        debug1: Server host key: ssh-ed25519 %s
                        No ED25519 host key is known for [127.0.0.1]:22022 and you have requested strict checking.
                        Host key verification failed.
                        """
                                .formatted(OFFERED));
        assertThat(ending.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(ending.nextMove()).endsWith("--accept-host-key " + OFFERED);
    }

    @Test
    void aKeyOfAnotherTypeThanTheKnownOneIsAChangedKey() {
        Ending ending =
                verdict(
                        new HostKeyRule.Known(List.of(KNOWN)),
                        """
                        debug1: Server host key: ssh-ed25519 %s
                        No ED25519 host key is known for [127.0.0.1]:22022 and you have requested strict checking.
                        Host key verification failed.
                        """
                                .formatted(OFFERED));
        assertThat(ending.status()).isEqualTo(ExitStatus.HOST_KEY_CHANGED);
        assertThat(ending.text()).contains(KNOWN, OFFERED);
    }

    @Test
    void aRefusedLoginNamesTheKeyThatWasOffered() {
        Ending ending =
                verdict(
                        """
                        debug1: Offering public key: /home/ada/.ssh/id_ed25519 ED25519 %s explicit
                        debug1: Authentications that can continue: publickey
                        debug1: No more authentication methods to try.
                        ada@127.0.0.1: Permission denied (publickey).
                        """
                                .formatted(KNOWN));
        assertThat(ending.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(ending.text()).contains("/home/ada/.ssh/id_ed25519 ED25519 " + KNOWN);
        assertThat(ending.mayPass()).isFalse();
    }

    @Test
    void aTakenLocalPortHasItsOwnStatus() {
        Ending ending =
                verdict(
                        """
                        bind [127.0.0.1]:8000: Address already in use
                        channel_setup_fwd_listener_tcpip: cannot listen to port: 8000
                        Could not request local forwarding.
                        """);
        assertThat(ending.status()).isEqualTo(ExitStatus.PORT_TAKEN);
    }

    @Test
    void nobodyThereIsUnreachableAndMayPass() {
        for (String said :
                List.of(
                        "ssh: connect to host 127.0.0.1 port 1: Connection refused",
                        "ssh: Could not resolve hostname nosuch.invalid: Name or service not known",
                        "kex_exchange_identification: Connection closed by remote host",
                        "Timeout, server 127.0.0.1 not responding.",
                        "Connection to 127.0.0.1 closed by remote host.")) {
            Ending ending = verdict(said);
            assertThat(ending.status()).as(said).isEqualTo(ExitStatus.UNREACHABLE);
            assertThat(ending.mayPass()).isTrue();
        }
    }

    @Test
    void theDoorsOwnReasonIsShownWithItsNextMove() {
        Ending ending =
                verdict(
                        """
                        Received disconnect from 127.0.0.1 port 2222:2: KEY_EXPIRED: The key's expiry-time has passed.
                        Disconnected from 127.0.0.1 port 2222
                        """);
        assertThat(ending.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(ending.text()).startsWith("KEY_EXPIRED: ");
        assertThat(ending.nextMove()).contains("operator");
    }

    @Test
    void aBannerIsShownWithoutWhatATerminalWouldActOn() {
        verdict("Welcome \u001b[31mto the lab");
        assertThat(remarks)
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain("\u001b")
                .contains("to the lab");
    }

    private Ending verdict(String said) {
        return verdict(new HostKeyRule.Known(List.of()), said);
    }

    private Ending verdict(HostKeyRule rule, String said) {
        Conversation conversation = new Conversation(remarks::add);
        said.lines().forEach(conversation::hear);
        conversation.end();
        return new Verdict(ROUTE, rule).of(conversation);
    }
}
