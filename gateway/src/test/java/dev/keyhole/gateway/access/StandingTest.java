package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator's change means for somebody who is logged in, and for the next login. */
class StandingTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Roster roster = Roster.EMPTY;
    private final KeyRing ring = new KeyRing(() -> roster, KeyRules.USUAL_RSA_MIN);

    @BeforeEach
    void adaIsKnown() throws RosterProblem {
        change(
                new RosterChange.AddPrincipal(Principal.member(ADA, Origin.STORE, Instant.EPOCH)),
                CertificatesTest.enrolled("ada", JudgeTest.KEY));
    }

    @Test
    void nothingEndsASessionWhileNothingChanges() {
        assertThat(ring.standing(ada(), NOW)).isEmpty();
    }

    @Test
    void aLockTellsTheOperatorsReason() throws RosterProblem {
        Authenticated who = ada();
        replace(principal().withLock(Optional.of(new Lock("unpaid\u001b[2J", NOW))));

        Refusal refusal = ring.standing(who, NOW).orElseThrow();
        assertThat(refusal.message())
                .startsWith("PRINCIPAL_LOCKED: ")
                .contains("Reason: unpaid?[2J.");
        assertThat(candidate().refusalOnceProven(NOW).orElseThrow().code())
                .isEqualTo(Code.PRINCIPAL_LOCKED);

        replace(principal().withLock(Optional.empty()));
        assertThat(ring.standing(who, NOW)).isEmpty();
    }

    @Test
    void aPrincipalIsNobodyFromItsExpiryOn() throws RosterProblem {
        replace(principal().withExpiry(Optional.of(NOW)));

        assertThat(ring.standing(ada(), NOW.minusNanos(1))).isEmpty();
        assertThat(code(ada())).isEqualTo(Code.PRINCIPAL_EXPIRED);
    }

    @Test
    void aRemovedKeyEndsWhatItBegan() throws RosterProblem {
        Authenticated who = ada();
        change(new RosterChange.RemoveKey(who.fingerprint()));

        assertThat(code(who)).isEqualTo(Code.KEY_REMOVED);
    }

    @Test
    void aRemovedPrincipalIsNotKnownAnyMore() throws RosterProblem {
        Authenticated who = ada();
        change(new RosterChange.RemovePrincipal(ADA));

        assertThat(code(who)).isEqualTo(Code.PRINCIPAL_REMOVED);
    }

    @Test
    void aKeyThatBecameSomebodyElsesEndsTheSession() throws RosterProblem {
        Authenticated who = ada();
        PrincipalName bob = new PrincipalName("bob");
        change(
                new RosterChange.RemoveKey(who.fingerprint()),
                new RosterChange.AddPrincipal(Principal.member(bob, Origin.STORE, Instant.EPOCH)),
                CertificatesTest.enrolled("bob", JudgeTest.KEY));

        assertThat(code(who)).isEqualTo(Code.KEY_REMOVED);
    }

    @Test
    void aNewFromOrExpiryOfTheKeyHoldsForOldSessionsToo() throws RosterProblem {
        Authenticated who = ada();
        change(
                new RosterChange.RemoveKey(who.fingerprint()),
                CertificatesTest.enrolled("ada", "from=\"10.0.0.0/8\" " + JudgeTest.KEY));
        assertThat(code(who)).isEqualTo(Code.SOURCE_REFUSED);

        change(
                new RosterChange.RemoveKey(who.fingerprint()),
                CertificatesTest.enrolled("ada", "expiry-time=\"20260101Z\" " + JudgeTest.KEY));
        assertThat(code(who)).isEqualTo(Code.KEY_EXPIRED);
    }

    @Test
    void asOnePrincipalBecomesTwoSessionsStay() throws RosterProblem {
        Authenticated who = ada();
        change(
                new RosterChange.AddPrincipal(
                        Principal.member(new PrincipalName("bob"), Origin.STORE, Instant.EPOCH)));

        assertThat(ring.standing(who, NOW)).isEmpty();
        assertThat(ring.offer(who.arrival(), "whoever", blob()))
                .isInstanceOf(KeyAnswer.Unknown.class);
    }

    private Code code(Authenticated who) {
        return ring.standing(who, NOW).orElseThrow().code();
    }

    private Authenticated ada() {
        return candidate().proven(1);
    }

    private Candidate candidate() {
        Arrival arrival =
                new Arrival(
                        new SessionId("c-1"), new Source(InetAddress.getLoopbackAddress(), 1), 0);
        return (Candidate) ring.offer(arrival, "ada", blob());
    }

    private static byte[] blob() {
        return CertificatesTest.parsed(JudgeTest.KEY).blob();
    }

    private Principal principal() {
        return roster.principal(ADA).orElseThrow();
    }

    private void replace(Principal other) throws RosterProblem {
        change(new RosterChange.ReplacePrincipal(other));
    }

    private void change(RosterChange... changes) throws RosterProblem {
        roster = roster.with(List.of(changes));
    }
}
