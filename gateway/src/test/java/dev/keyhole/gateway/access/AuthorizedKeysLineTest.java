package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedKeysLineTest {
    private static final KeyRules HONOURING = new KeyRules(3072, ZoneId.of("Europe/Berlin"));
    private static final KeyRules RULES = HONOURING.skippingLimits();

    @ParameterizedTest
    @CsvSource({
        "ed25519, SHA256:bBHl3zegoAexvVUI0/lC+2gV5GN1VJm3bpcnqf9RZ9I",
        "ecdsa-b256, SHA256:riF0Nc0p3PvvBbXgh1JjqBQo0ObMa4pJVsKg3tiuO6Q",
        "ecdsa-b384, SHA256:6EYXNoy64PleRx/8Ng3unE+cvvrgrnhn8hIJDRRJzOU",
        "ecdsa-b521, SHA256:W/T63tTypdgxfylleo9aYZsZhdB7U+M5UeTViUabLQQ",
        "rsa-b3072, SHA256:IiciORQRXqxkLyqICf126gQVmN39x8qqyT9zGn83FFc"
    })
    void keysOfSshKeygenAreUsableAndNamedAsSshKeygenNamesThem(String name, String fingerprint) {
        AuthorizedKey key = usable(PublicKeys.line(name));

        assertThat(key.fingerprint()).hasToString(fingerprint);
        assertThat(key.comment()).isEqualTo("ada@laptop");
        assertThat(key.blob()).isEqualTo(PublicKeys.blob(name));
        assertThat(key.expiry()).isEmpty();
    }

    @Test
    void securityKeysAreUsableWithTheirFlags() {
        byte[] ed25519 = Arrays.copyOfRange(PublicKeys.blob("ed25519"), 19, 51);
        byte[] p256 = Arrays.copyOfRange(PublicKeys.blob("ecdsa-b256"), 39, 104);

        assertThat(usable(PublicKeys.lineOf("sk-ssh-ed25519@openssh.com", ed25519, "ssh:")).type())
                .isEqualTo(KeyType.SK_ED25519);
        AuthorizedKey careful =
                usable(
                        "verify-required,no-touch-required "
                                + PublicKeys.lineOf(
                                        "sk-ecdsa-sha2-nistp256@openssh.com",
                                        "nistp256",
                                        p256,
                                        "ssh:"));
        assertThat(careful.requiresVerification()).isTrue();
        assertThat(careful.requiresTouch()).isFalse();
    }

    @Test
    void touchIsRequiredUnlessTheLineSaysOtherwise() {
        AuthorizedKey key = usable(PublicKeys.line("ed25519"));

        assertThat(key.requiresTouch()).isTrue();
        assertThat(key.requiresVerification()).isFalse();
    }

    @Test
    void flagsOfSecurityKeysAreRefusedOnOtherKeys() {
        assertThat(reason("verify-required " + PublicKeys.line("ed25519")))
                .contains("security keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t", "# a remark", "  # ssh-ed25519 AAAA"})
    void emptyLinesAndRemarksAreBlank(String line) {
        assertThat(AuthorizedKeysLine.parse(line, RULES)).isInstanceOf(KeyLine.Blank.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-pty",
                "no-agent-forwarding,no-X11-forwarding,no-user-rc",
                "pty,user-rc,agent-forwarding,X11-FORWARDING,port-forwarding"
            })
    void optionsThatChangeNothingHereLeaveTheKeyUsable(String options) {
        usable(options + " " + PublicKeys.line("ed25519"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "command=\"echo \\\"a, b\\\" c\" | command",
                "restrict | restrict",
                "restrict,port-forwarding | restrict",
                "no-port-forwarding | no-port-forwarding",
                "NO-PORT-FORWARDING | no-port-forwarding",
                "permitopen=\"localhost:8888\" | permitopen",
                "permitlisten=\"8080\" | permitlisten",
                "cert-authority | cert-authority",
                "principals=\"ada\" | principals",
                "environment=\"A=b c\" | environment",
                "tunnel=\"0\" | tunnel",
                "no-pty,shiny-new | shiny-new",
                "from=\"10.0.0.1\",command=\"x\" | command"
            })
    void optionsThatAreNotEnforcedSkipTheLineByName(String options, String named) {
        assertThat(reason(options + " " + PublicKeys.line("ed25519"))).contains("option " + named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restrict",
                "restrict,port-forwarding,pty",
                "no-port-forwarding",
                "permitopen=\"localhost:8888\",permitopen=\"[::1]:*\"",
                "permitlisten=\"8080\""
            })
    void whereLimitsAreHonouredTheyLeaveTheKeyUsable(String options) {
        assertThat(AuthorizedKeysLine.parse(options + " " + PublicKeys.line("ed25519"), HONOURING))
                .isInstanceOf(KeyLine.Usable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command=\"x\" | on a line without it",
                "environment=\"A=b\" | on a line without it",
                "tunnel=\"0\" | on a line without it",
                "cert-authority | keyhole ca add",
                "principals=\"ada\" | keyhole ca add",
                "permitopen=\"localhost\" | permitopen=",
                "permitopen=\"localhost:0\" | permitopen=",
                "permitopen=\"localhost:65536\" | permitopen="
            })
    void whereLimitsAreHonouredTheRestIsStillRefusedWithTheNextMove(String options, String move) {
        assertThat(skipped(options + " " + PublicKeys.line("ed25519"), HONOURING).nextMove())
                .contains(move);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-pty,",
                ",no-pty",
                "no-pty,,no-pty",
                "from",
                "from=10.0.0.1",
                "from=\"\"",
                "from=\"10.0.0.1\"x",
                "no-pty=\"yes\"",
                "expiry-time=\"soon\"",
                "expiry-time=\"20271301\"",
                "from=\"10.0.0.1\",from=\"10.0.0.2\"",
                "command=\"a\\\\\" no-pty"
            })
    void optionsThatCannotBeReadSkipTheLine(String options) {
        reason(options + " " + PublicKeys.line("ed25519"));
    }

    @Test
    void whatSkipsALineMovesNoCursorWhenItIsShown() {
        assertThat(reason("from=\"10.0.0.0/\u001b[2J\" " + PublicKeys.line("ed25519")))
                .contains("from=")
                .matches("[ -~]*");
    }

    @Test
    void aQuoteThatIsNeverClosedSkipsTheLine() {
        assertThat(reason("from=\"10.0.0.1 " + PublicKeys.line("ed25519"))).contains("quote");
    }

    @Test
    void aBlankInsideQuotesDoesNotEndTheOptions() {
        assertThat(reason("command=\"ssh-ed25519 AAAA\" " + PublicKeys.line("ed25519")))
                .contains("option command");
    }

    @Test
    void fromLimitsWhereTheKeyMayBeUsed() {
        AuthorizedKey key =
                usable("from=\"10.0.0.0/8,!10.6.6.6,2001:db8::*\" " + PublicKeys.line("ed25519"));

        assertThat(key.permits(address("10.1.2.3"))).isTrue();
        assertThat(key.permits(address("10.6.6.6"))).isFalse();
        assertThat(key.permits(address("192.0.2.1"))).isFalse();
        assertThat(key.permits(address("2001:db8::7"))).isTrue();
    }

    @Test
    void anExpiryWithoutZoneIsLocalTimeAndTheEarliestCounts() {
        String key = PublicKeys.line("ed25519");

        assertThat(usable("expiry-time=\"20270701\" " + key).expiry())
                .contains(Instant.parse("2027-06-30T22:00:00Z"));
        assertThat(usable("expiry-time=\"202707010830Z\" " + key).expiry())
                .contains(Instant.parse("2027-07-01T08:30:00Z"));
        assertThat(
                        usable("expiry-time=\"20280101120005Z\",expiry-time=\"20270101Z\" " + key)
                                .expiry())
                .contains(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssh-dss AAAAB3NzaC1kc3MAAACBAP1 old | DSA",
                "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQ | certificate",
                "-----BEGIN OPENSSH PRIVATE KEY----- | private",
                "hello | no kind of key",
                "ssh-ed25519 | ends too early",
                "ssh-ed25519 ???? | base64",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIMSC2Tdv/0h2SV2IvYDD9qzRr28ef3/AGlvCQQuPX2GP | another kind"
            })
    void whatIsNoAcceptedKeySaysWhatItIs(String line, String reason) {
        assertThat(reason(line)).contains(reason);
    }

    @Test
    void aWeakRsaKeyNamesItsSizeAndTheChoiceThatExists() {
        KeyLine.Skipped skipped = skipped(PublicKeys.line("rsa-b2048"), RULES);

        assertThat(skipped.subject()).isEqualTo("ada@laptop");
        assertThat(skipped.reason()).contains("2048 bits").contains("3072");
        assertThat(skipped.nextMove()).contains("ssh-keygen -t ed25519").contains("rsa-min 2048");
    }

    @Test
    void rsa2048IsUsableOnlyWhereSomebodyChoseIt() {
        KeyRules chosen = new KeyRules(2048, ZoneId.of("UTC"));

        assertThat(AuthorizedKeysLine.parse(PublicKeys.line("rsa-b2048"), chosen))
                .isInstanceOf(KeyLine.Usable.class);
        assertThat(skipped(PublicKeys.line("rsa-b1024"), chosen).nextMove())
                .doesNotContain("rsa-min");
    }

    @Test
    void aStrangersCommentCannotActOnATerminal() {
        assertThat(usable(PublicKeys.line("ed25519") + " \u001b[31mred\u202e").comment())
                .isEqualTo("ada@laptop ?[31mred?");
    }

    @Test
    void aWholeKeyIsNeverEchoed() {
        assertThat(skipped("restrict " + PublicKeys.line("ed25519"), RULES).subject())
                .doesNotContain("BsU")
                .hasSizeLessThan(70);
    }

    private static AuthorizedKey usable(String line) {
        KeyLine read = AuthorizedKeysLine.parse(line, RULES);
        assertThat(read).isInstanceOf(KeyLine.Usable.class);
        return ((KeyLine.Usable) read).key();
    }

    private static String reason(String line) {
        return skipped(line, RULES).reason();
    }

    private static KeyLine.Skipped skipped(String line, KeyRules rules) {
        KeyLine read = AuthorizedKeysLine.parse(line, rules);
        assertThat(read).isInstanceOf(KeyLine.Skipped.class);
        return (KeyLine.Skipped) read;
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
