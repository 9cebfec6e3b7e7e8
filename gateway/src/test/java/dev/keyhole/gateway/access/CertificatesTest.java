package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final long NOW_S = NOW.getEpochSecond();
    private final AuthorizedKey authority = parsed(PublicKeys.line("ed25519"));
    private final AuthorizedKey holder = parsed(JudgeTest.KEY);
    private final MadeCertificate right = MadeCertificate.by(authority, "ada");

    // The door as the tests change it.
    private Roster roster = roster("ada", "bob");

    @Test
    void aCertificateOfAnEnrolledAuthorityNamesItsPrincipal() {
        Candidate candidate = (Candidate) offer("ada", right);

        assertThat(candidate.principal().value()).isEqualTo("ada");
        assertThat(candidate.key().fingerprint()).isEqualTo(holder.fingerprint());
        assertThat(candidate.refusalOnceProven(NOW)).isEmpty();
        assertThat(candidate.fits("ssh-ed25519-cert-v01@openssh.com")).isTrue();
        assertThat(candidate.fits("ssh-ed25519")).isFalse();
    }

    @Test
    void theLoginMustBeOneThatTheCertificateNames() {
        assertThat(offer("bob", right)).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(offer("carol", MadeCertificate.by(authority, "carol")))
                .isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(offer("bob", MadeCertificate.by(authority, "ada", "bob")))
                .isInstanceOfSatisfying(
                        Candidate.class,
                        one -> assertThat(one.principal().value()).isEqualTo("bob"));
    }

    @Test
    void theSharedLoginNeedsExactlyOneKnownName() {
        assertThat(offer("keyhole", right)).isInstanceOf(Candidate.class);
        assertThat(offer("keyhole", MadeCertificate.by(authority, "ada", "nobody")))
                .isInstanceOf(Candidate.class);
        assertThat(offer("keyhole", MadeCertificate.by(authority, "ada", "bob")))
                .isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(offer("keyhole", MadeCertificate.by(authority, "nobody")))
                .isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void withOnePrincipalAnyLoginWillDoButTheCertificateMustNameIt() {
        roster = roster("ada");

        assertThat(offer("whoever", right)).isInstanceOf(Candidate.class);
        assertThat(offer("whoever", MadeCertificate.by(authority, "bob")))
                .isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void aCommaInANameMakesNoTwoNames() {
        assertThat(offer("ada", MadeCertificate.by(authority, "ada,bob")))
                .isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(offer("ada,bob", MadeCertificate.by(authority, "ada,bob")))
                .isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void aCertificateForNobodyIsForNobody() {
        assertThat(offer("ada", MadeCertificate.by(authority)))
                .isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void anUnknownAuthorityIsNobody() {
        MadeCertificate own = MadeCertificate.by(holder, "ada");

        assertThat(unknown("ada", own)).contains("unknown authority");
    }

    @Test
    void aHostsCertificateIsNoUsers() {
        assertThat(unknown("ada", right.ofType(2))).contains("no user certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force-command", "verify-required", "made-up@example.org"})
    void aCriticalOptionThatIsNotEnforcedRefusesIt(String option) {
        assertThat(unknown("ada", right.withCritical(option, "x"))).contains(option);
    }

    @Test
    void theSourceAddressIsEnforced() {
        assertThat(offer("ada", right.withCritical("source-address", "10.0.0.0/8,127.0.0.0/8")))
                .isInstanceOf(Candidate.class);
        assertThat(unknown("ada", right.withCritical("source-address", "10.0.0.0/8")))
                .contains("source-address");
        assertThat(
                        unknown(
                                "ada",
                                right.withCritical("source-address", "127.0.0.1,lab.example.org")))
                .contains("source-address");
        assertThat(unknown("ada", right.withCritical("source-address", "")))
                .contains("source-address");
    }

    @Test
    void anAuthorityMustSignWithItsOwnKindOfKey() {
        assertThat(unknown("ada", right.signedWith("ssh-rsa"))).contains("signed with ssh-rsa");
    }

    @Test
    void outsideItsTimeItIsRefusedOnceItsHolderSigned() {
        assertThat(refusal(right.valid(NOW_S, NOW_S + 1))).isEmpty();
        assertThat(refusal(right.valid(0, NOW_S))).contains(Code.CERTIFICATE_EXPIRED);
        assertThat(refusal(right.valid(NOW_S + 1, MadeCertificate.FOREVER)))
                .contains(Code.CERTIFICATE_EXPIRED);
    }

    @Test
    void aRevokedSerialOrKeyIdIsRefused() throws RosterProblem {
        Roster before = roster;
        roster = before.with(List.of(revoked(Optional.of("7"), Optional.empty())));
        assertThat(refusal(right)).contains(Code.CERTIFICATE_REVOKED);

        roster = before.with(List.of(revoked(Optional.empty(), Optional.of("ada@lab"))));
        assertThat(refusal(right)).contains(Code.CERTIFICATE_REVOKED);

        roster = before.with(List.of(revoked(Optional.of("8"), Optional.empty())));
        assertThat(refusal(right)).isEmpty();
    }

    @Test
    void aRemovedAuthorityEndsItsSessions() throws RosterProblem {
        Authenticated who = ((Candidate) offer("ada", right)).proven(1);

        roster = roster.with(List.of(new RosterChange.RemoveAuthority("lab")));

        assertThat(ring().standing(who, NOW).orElseThrow().code())
                .isEqualTo(Code.AUTHORITY_REMOVED);
        assertThat(offer("ada", right)).isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void whatTheCertificateDoesNotPermitIsNotPermitted() {
        Authenticated all = ((Candidate) offer("ada", right)).proven(1);
        Authenticated none = ((Candidate) offer("ada", right.withExtensions())).proven(1);

        assertThat(all.permitsForwarding()).isTrue();
        assertThat(all.permitsPty()).isTrue();
        assertThat(none.permitsForwarding()).isFalse();
        assertThat(none.permitsPty()).isFalse();
    }

    @Test
    void aKeyThatIsEnrolledToStillLogsInAlone() throws RosterProblem {
        roster = roster.with(List.of(enrolled("bob", JudgeTest.KEY)));

        assertThat(ring().offer(arrival(), "bob", holder.blob())).isInstanceOf(Candidate.class);
        assertThat(offer("ada", right)).isInstanceOf(Candidate.class);
    }

    @Test
    void aBlobThatEndsAnywhereIsNobody() {
        byte[] whole = right.blob(holder);
        for (int length = 0; length < whole.length; length++) {
            assertThat(ring().offer(arrival(), "ada", java.util.Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(KeyAnswer.Unknown.class);
        }
    }

    private Optional<Code> refusal(MadeCertificate certificate) {
        return ((Candidate) offer("ada", certificate))
                .refusalOnceProven(NOW)
                .map(refusal -> refusal.code());
    }

    private KeyAnswer offer(String login, MadeCertificate certificate) {
        return ring().offer(arrival(), login, certificate.blob(holder));
    }

    private String unknown(String login, MadeCertificate certificate) {
        return ((KeyAnswer.Unknown) offer(login, certificate)).why();
    }

    private KeyRing ring() {
        return new KeyRing(() -> roster, KeyRules.USUAL_RSA_MIN);
    }

    private static Arrival arrival() {
        return new Arrival(
                new SessionId("c-1"), new Source(InetAddress.ofLiteral("127.0.0.1"), 1), 0);
    }

    private Roster roster(String... names) {
        try {
            Roster made =
                    Roster.EMPTY.with(
                            List.of(
                                    new RosterChange.AddAuthority(
                                            new Authority("lab", authority, "", Instant.EPOCH))));
            for (String name : names) {
                made =
                        made.with(
                                List.of(
                                        new RosterChange.AddPrincipal(
                                                Principal.member(
                                                        new PrincipalName(name),
                                                        Origin.STORE,
                                                        Instant.EPOCH))));
            }
            return made;
        } catch (RosterProblem e) {
            throw new AssertionError(e);
        }
    }

    private static RosterChange revoked(Optional<String> serial, Optional<String> keyId) {
        return new RosterChange.RevokeCertificate(
                new RevokedCertificate("lab", serial, keyId, "lost", Instant.EPOCH));
    }

    static RosterChange enrolled(String owner, String line) {
        return new RosterChange.AddKey(
                new EnrolledKey(
                        new PrincipalName(owner),
                        parsed(line),
                        line,
                        Optional.empty(),
                        Origin.STORE,
                        Instant.EPOCH));
    }

    static AuthorizedKey parsed(String line) {
        return ((KeyLine.Usable) AuthorizedKeysLine.parse(line, KeyRules.usual())).key();
    }
}
