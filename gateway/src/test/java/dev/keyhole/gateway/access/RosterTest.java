package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea ada";

    @Test
    void aKeyNamesOnePrincipalOnly() throws RosterProblem {
        Roster both = Roster.EMPTY.with(List.of(added(ADA), added(BOB), key(ADA)));

        assertThat(both.key(parsed().fingerprint()).orElseThrow().owner()).isEqualTo(ADA);
        assertThatThrownBy(() -> both.with(List.of(key(BOB))))
                .hasMessageContaining("belongs to ada");
        assertThatThrownBy(() -> both.with(List.of(key(ADA)))).hasMessageContaining("already");
    }

    @Test
    void whoIsRemovedTakesKeysAndGrantsAlong() throws RosterProblem {
        ServiceName postgres = new ServiceName("postgres");
        Roster with =
                Roster.EMPTY.with(
                        List.of(
                                added(ADA),
                                key(ADA),
                                new RosterChange.AddService(shared(postgres)),
                                new RosterChange.GrantService(postgres, ADA)));

        Roster without = with.with(List.of(new RosterChange.RemovePrincipal(ADA)));

        assertThat(with.service(postgres).orElseThrow().grantees()).containsExactly(ADA);
        assertThat(without.keyCount()).isZero();
        assertThat(without.service(postgres).orElseThrow().grantees()).isEmpty();
    }

    @Test
    void nothingIsChangedByAListWithOneImpossibleChange() throws RosterProblem {
        Roster before = Roster.EMPTY.with(List.of(added(ADA)));

        assertThatThrownBy(() -> before.with(List.of(added(BOB), added(ADA))))
                .isInstanceOf(RosterProblem.class);
        assertThat(before.principal(BOB)).isEmpty();
    }

    @Test
    void aConfigGrantsAShellAndTakesItBackAndElseLeavesWhatWasDecided() throws RosterProblem {
        var keys = Map.of(ADA, List.of(parsed()));
        Roster granted = new ConfiguredRoster(keys, Map.of(ADA, true), Instant.EPOCH).alone();
        assertThat(granted.principal(ADA).orElseThrow().shell()).isTrue();

        Roster silent = new ConfiguredRoster(keys, Instant.EPOCH).over(granted).roster();
        assertThat(silent.principal(ADA).orElseThrow().shell()).isTrue();

        Roster denied =
                new ConfiguredRoster(keys, Map.of(ADA, false), Instant.EPOCH)
                        .over(granted)
                        .roster();
        assertThat(denied.principal(ADA).orElseThrow().shell()).isFalse();
    }

    @Test
    void whatStandsInTheConfigIsNotRemovedByAVerbButMayBeLocked() throws RosterProblem {
        Roster configured =
                new ConfiguredRoster(Map.of(ADA, List.of(parsed())), Instant.EPOCH).alone();
        Principal ada = configured.principal(ADA).orElseThrow();

        assertThatThrownBy(() -> configured.with(List.of(new RosterChange.RemovePrincipal(ADA))))
                .hasMessageContaining("config");
        assertThatThrownBy(() ->
                        configured.with(
                                List.of(new RosterChange.RemoveKey(parsed().fingerprint()))))
                .hasMessageContaining("config");
        Lock lock = new Lock("left the project", Instant.EPOCH);
        assertThat(
                        configured
                                .with(
                                        List.of(
                                                new RosterChange.ReplacePrincipal(
                                                        ada.withLock(Optional.of(lock)))))
                                .principal(ADA)
                                .flatMap(Principal::lock))
                .contains(lock);
    }

    @Test
    void whatWasDecidedAboutSomebodyOfTheConfigHoldsAtTheNextStart() throws RosterProblem {
        ConfiguredRoster configured =
                new ConfiguredRoster(Map.of(ADA, List.of(parsed())), Instant.EPOCH);
        Lock lock = new Lock("left the project", Instant.EPOCH);
        Principal locked =
                Principal.member(ADA, Origin.CONFIG, Instant.EPOCH).withLock(Optional.of(lock));
        Roster stored = Roster.EMPTY.with(List.of(new RosterChange.AddPrincipal(locked)));

        ConfiguredRoster.Overlay overlay = configured.over(stored);

        assertThat(overlay.toKeep()).isEmpty();
        assertThat(overlay.roster().principal(ADA).flatMap(Principal::lock)).contains(lock);
        assertThat(overlay.roster().keysOf(ADA)).hasSize(1);
    }

    @Test
    void whoLeftTheConfigIsNobodyUntilItComesBack() throws RosterProblem {
        Roster stored =
                Roster.EMPTY.with(
                        List.of(
                                new RosterChange.AddPrincipal(
                                        Principal.member(ADA, Origin.CONFIG, Instant.EPOCH)),
                                key(ADA)));

        Roster now = new ConfiguredRoster(Map.of(), Instant.EPOCH).over(stored).roster();

        assertThat(now.principals()).isEmpty();
        assertThat(now.keyCount()).isZero();
    }

    @Test
    void anyLoginNameWillDoOnlyForOne() throws RosterProblem {
        Roster one = Roster.EMPTY.with(List.of(added(ADA)));

        assertThat(one.anyLogin()).isTrue();
        assertThat(one.with(List.of(added(BOB))).anyLogin()).isFalse();
    }

    private static RosterChange added(PrincipalName name) {
        return new RosterChange.AddPrincipal(Principal.member(name, Origin.STORE, Instant.EPOCH));
    }

    private static RosterChange key(PrincipalName owner) {
        return new RosterChange.AddKey(
                new EnrolledKey(
                        owner, parsed(), KEY, Optional.empty(), Origin.STORE, Instant.EPOCH));
    }

    private static AuthorizedKey parsed() {
        return ((KeyLine.Usable) AuthorizedKeysLine.parse(KEY, KeyRules.usual())).key();
    }

    private static SharedService shared(ServiceName name) {
        return new SharedService(
                name,
                "10.0.0.5:5432",
                new SharedAddress.Tcp(InetAddress.getLoopbackAddress(), 5432),
                Set.of(),
                Instant.EPOCH);
    }
}
