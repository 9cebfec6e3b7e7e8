package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a key may reach of all that its principal may, and what is shared with whom. */
class KeyRightsTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final ServiceName POSTGRES = new ServiceName("postgres");

    private Roster roster = Roster.EMPTY;
    private final KeyRing ring = new KeyRing(() -> roster, KeyRules.USUAL_RSA_MIN);
    private final Judge judge =
            new Judge(
                    new ServiceCatalog(
                            Map.of(ServiceName.JUPYTER, 8888, ServiceName.TENSORBOARD, 6006)),
                    true,
                    port -> false,
                    () -> roster,
                    who -> ring.standing(who, Instant.EPOCH));

    @Test
    void aKeyForOneServiceReachesThatAlone() throws RosterProblem {
        Authenticated who = ada("", Optional.of(Set.of(ServiceName.JUPYTER)));

        assertThat(judge.decide(who, "localhost", 8888)).isInstanceOf(Grant.class);
        assertThat(judge.decide(who, "jupyter", 1)).isInstanceOf(Grant.class);
        assertThat(denial(who, "tensorboard", 1)).isEqualTo(Code.SERVICE_NOT_PERMITTED);
        assertThat(denial(who, "localhost", 9000)).isEqualTo(Code.SERVICE_NOT_PERMITTED);
        assertThat(ring.permitsCommands(who)).isFalse();
    }

    @Test
    void permitopenMeansTheTargetHoweverItIsSpelled() throws RosterProblem {
        Authenticated who = ada("permitopen=\"localhost:8888\",permitopen=\"[::1]:9000\" ");

        assertThat(judge.decide(who, "jupyter", 1)).isInstanceOf(Grant.class);
        assertThat(judge.decide(who, "127.0.0.1", 8888)).isInstanceOf(Grant.class);
        assertThat(judge.decide(who, "localhost", 9000)).isInstanceOf(Grant.class);
        assertThat(denial(who, "localhost", 9001)).isEqualTo(Code.SERVICE_NOT_PERMITTED);
        assertThat(denial(who, "localhost", 6006)).isEqualTo(Code.SERVICE_NOT_PERMITTED);
    }

    @Test
    void permitopenByNameWithAnyPort() throws RosterProblem {
        Authenticated who = ada("permitopen=\"jupyter:*\" ");

        assertThat(judge.decide(who, "localhost", 8888)).isInstanceOf(Grant.class);
        assertThat(denial(who, "tensorboard", 1)).isEqualTo(Code.SERVICE_NOT_PERMITTED);
    }

    @Test
    void restrictForbidsForwardsUnlessTheyAreGivenBack() throws RosterProblem {
        assertThat(denial(ada("restrict "), "jupyter", 1)).isEqualTo(Code.KEY_FORBIDS_FORWARDING);
        assertThat(denial(ada("no-port-forwarding "), "jupyter", 1))
                .isEqualTo(Code.KEY_FORBIDS_FORWARDING);
        Authenticated again = ada("restrict,port-forwarding ");
        assertThat(judge.decide(again, "jupyter", 1)).isInstanceOf(Grant.class);
        assertThat(again.permitsPty()).isFalse();
        assertThat(ada("restrict,pty ").permitsPty()).isTrue();
        assertThat(ada("no-pty ").permitsPty()).isFalse();
    }

    @Test
    void aSharedServiceIsGrantedByNameAndWithAnyPort() throws RosterProblem {
        Authenticated who = ada("");
        share(ADA);

        assertThat(((Grant) judge.decide(who, "postgres", 5432)).target())
                .isInstanceOf(Target.Shared.class);
        assertThat(judge.decide(who, "postgres", 1)).isInstanceOf(Grant.class);
        assertThat(denial(who, "postgres", 0)).isEqualTo(Code.DESTINATION_INVALID);
        assertThat(((Decision.Denial) judge.decide(who, "mlflow", 1)).refusal().text())
                .contains("postgres");
    }

    @Test
    void aSharedServiceOfOthersDoesNotExist() throws RosterProblem {
        Authenticated who = ada("");
        change(new RosterChange.AddPrincipal(Principal.member(BOB, Origin.STORE, Instant.EPOCH)));
        Decision before = judge.decide(who, "postgres", 5432);
        share(BOB);

        assertThat(judge.decide(who, "postgres", 5432)).isEqualTo(before);
        assertThat(denial(who, "postgres", 5432)).isEqualTo(Code.SERVICE_UNKNOWN);
    }

    @Test
    void aWithdrawnGrantHoldsFromTheNextForwardOn() throws RosterProblem {
        Authenticated who = ada("");
        share(ADA);
        change(new RosterChange.WithdrawService(POSTGRES, ADA));

        assertThat(denial(who, "postgres", 5432)).isEqualTo(Code.SERVICE_UNKNOWN);
    }

    @Test
    void whoWasLockedAfterTheLoginGetsNoForward() throws RosterProblem {
        Authenticated who = ada("");
        Principal ada = roster.principal(ADA).orElseThrow();
        change(
                new RosterChange.ReplacePrincipal(
                        ada.withLock(Optional.of(new Lock("x", Instant.EPOCH)))));

        assertThat(denial(who, "jupyter", 1)).isEqualTo(Code.PRINCIPAL_LOCKED);
    }

    private Code denial(Authenticated who, String host, long port) {
        return ((Decision.Denial) judge.decide(who, host, port)).refusal().code();
    }

    private void share(PrincipalName grantee) throws RosterProblem {
        change(
                new RosterChange.AddService(
                        new SharedService(
                                POSTGRES,
                                "10.0.0.5:5432",
                                new SharedAddress.Tcp(InetAddress.ofLiteral("10.0.0.5"), 5432),
                                Set.of(grantee),
                                Instant.EPOCH)));
    }

    private Authenticated ada(String options) throws RosterProblem {
        return ada(options, Optional.empty());
    }

    private Authenticated ada(String options, Optional<Set<ServiceName>> services)
            throws RosterProblem {
        roster = Roster.EMPTY;
        AuthorizedKey key = CertificatesTest.parsed(options + JudgeTest.KEY);
        change(
                new RosterChange.AddPrincipal(Principal.member(ADA, Origin.STORE, Instant.EPOCH)),
                new RosterChange.AddKey(
                        new EnrolledKey(ADA, key, "", services, Origin.STORE, Instant.EPOCH)));
        Arrival arrival =
                new Arrival(
                        new SessionId("c-1"), new Source(InetAddress.getLoopbackAddress(), 1), 0);
        return ((Candidate) ring.offer(arrival, "ada", key.blob())).proven(1);
    }

    private void change(RosterChange... changes) throws RosterProblem {
        roster = roster.with(List.of(changes));
    }
}
