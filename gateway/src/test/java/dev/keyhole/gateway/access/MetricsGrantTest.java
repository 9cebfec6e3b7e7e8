package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
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

class MetricsGrantTest {
    private static final PrincipalName ADA = new PrincipalName("ada");

    private Roster roster = Roster.EMPTY;

    @Test
    void anAdminReachesTheNumbersByTheirNameWithAnyPort() throws RosterProblem {
        Authenticated who = ada(Role.ADMIN, Optional.empty());
        assertThat(target(judge(true).decide(who, "metrics", 80))).isEqualTo(new Target.Metrics());
        assertThat(target(judge(true).decide(who, "metrics", 9464)))
                .isEqualTo(new Target.Metrics());
    }

    @Test
    void forAMemberThereIsNothingOfThatName() throws RosterProblem {
        Authenticated who = ada(Role.MEMBER, Optional.empty());
        Decision.Denial metrics = denial(judge(true).decide(who, "metrics", 80));
        Decision.Denial other = denial(judge(true).decide(who, "anything", 80));

        assertThat(metrics.refusal().code()).isEqualTo(Code.SERVICE_UNKNOWN);
        assertThat(metrics.refusal().message())
                .isEqualTo(other.refusal().message().replace("anything", "metrics"));
    }

    @Test
    void whereTheyAreNotOfferedNobodyReachesThem() throws RosterProblem {
        Authenticated who = ada(Role.ADMIN, Optional.empty());
        assertThat(denial(judge(false).decide(who, "metrics", 80)).refusal().code())
                .isEqualTo(Code.SERVICE_UNKNOWN);
    }

    @Test
    void anAdminIsToldOfThemWhereItAsksForSomethingElse() throws RosterProblem {
        Authenticated who = ada(Role.ADMIN, Optional.empty());
        assertThat(denial(judge(true).decide(who, "grafana", 80)).refusal().message())
                .contains("jupyter (8888), metrics");
    }

    @Test
    void whoIsNoAdminAnyMoreReachesThemNoMore() throws RosterProblem {
        Authenticated who = ada(Role.ADMIN, Optional.empty());
        Principal ada = roster.principal(ADA).orElseThrow();
        roster = roster.with(List.of(new RosterChange.ReplacePrincipal(ada.withRole(Role.MEMBER))));
        assertThat(denial(judge(true).decide(who, "metrics", 80)).refusal().code())
                .isEqualTo(Code.SERVICE_UNKNOWN);
    }

    @Test
    void aKeyForOtherServicesDoesNotReachThemAndOneForThemReachesNothingElse()
            throws RosterProblem {
        Authenticated jupyter = ada(Role.ADMIN, Optional.of(Set.of(ServiceName.JUPYTER)));
        assertThat(denial(judge(true).decide(jupyter, "metrics", 80)).refusal().code())
                .isEqualTo(Code.SERVICE_NOT_PERMITTED);

        Authenticated metrics = ada(Role.ADMIN, Optional.of(Set.of(ServiceName.METRICS)));
        assertThat(target(judge(true).decide(metrics, "metrics", 80)))
                .isEqualTo(new Target.Metrics());
        assertThat(denial(judge(true).decide(metrics, "jupyter", 80)).refusal().code())
                .isEqualTo(Code.SERVICE_NOT_PERMITTED);
    }

    private Judge judge(boolean offered) {
        return new Judge(
                new ServiceCatalog(Map.of(ServiceName.JUPYTER, 8888)).withMetrics(offered),
                true,
                port -> false,
                () -> roster,
                who -> Optional.empty());
    }

    private static Target target(Decision decision) {
        return ((Grant) decision).target();
    }

    private static Decision.Denial denial(Decision decision) {
        return (Decision.Denial) decision;
    }

    private Authenticated ada(Role role, Optional<Set<ServiceName>> services) throws RosterProblem {
        AuthorizedKey key =
                ((KeyLine.Usable) AuthorizedKeysLine.parse(JudgeTest.KEY, KeyRules.usual())).key();
        roster =
                Roster.EMPTY.with(
                        List.of(
                                new RosterChange.AddPrincipal(
                                        Principal.member(ADA, Origin.STORE, Instant.EPOCH)
                                                .withRole(role)),
                                new RosterChange.AddKey(
                                        new EnrolledKey(
                                                ADA,
                                                key,
                                                "",
                                                services,
                                                Origin.STORE,
                                                Instant.EPOCH))));
        Arrival arrival =
                new Arrival(
                        new SessionId("c-0001"),
                        new Source(InetAddress.getLoopbackAddress(), 4711),
                        0);
        KeyRing ring = new KeyRing(() -> roster, KeyRules.USUAL_RSA_MIN);
        return ((Candidate) ring.offer(arrival, "ada", key.blob())).proven(1);
    }
}
