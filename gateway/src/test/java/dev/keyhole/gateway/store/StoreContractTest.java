package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.Authority;
import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.access.RevokedCertificate;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
import dev.keyhole.gateway.model.ServiceName;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store must do, whatever it keeps its tables in. */
class StoreContractTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final ServiceName POSTGRES = new ServiceName("postgres");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void aNewStoreIsEmpty(Kind kind) throws Exception {
        try (OpenStore store = kind.open(directory)) {
            assertThat(store.get().load().principals()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatWasDecidedIsThereAfterAReopening(Kind kind) throws Exception {
        List<RosterChange> all =
                List.of(
                        new RosterChange.AddPrincipal(everythingSet()),
                        new RosterChange.AddPrincipal(
                                Principal.member(new PrincipalName("bob"), Origin.CONFIG, NOON)),
                        new RosterChange.AddKey(key(ADA, Optional.of(Set.of(POSTGRES)))),
                        new RosterChange.AddAuthority(
                                new Authority("lab", Keys.OTHER.key(), Keys.OTHER.line(), NOON)),
                        new RosterChange.RevokeCertificate(revoked()),
                        new RosterChange.AddService(
                                new SharedService(POSTGRES, "db:5432", tcp(), Set.of(ADA), NOON)),
                        new RosterChange.AddService(
                                new SharedService(
                                        new ServiceName("mlflow"),
                                        "/run/mlflow",
                                        new SharedAddress.Unix(Path.of("/run/mlflow")),
                                        Set.of(),
                                        NOON)));
        Roster wanted = Roster.EMPTY.with(all);
        try (OpenStore store = kind.open(directory)) {
            store.get().apply(all);
        }

        try (OpenStore store = kind.open(directory)) {
            Roster kept = store.get().load();
            assertThat(kept.principals()).isEqualTo(wanted.principals());
            assertThat(kept.keysOf(ADA)).hasSize(1);
            EnrolledKey key = kept.keysOf(ADA).getFirst();
            assertThat(key.key().fingerprint()).isEqualTo(Keys.ONE.key().fingerprint());
            assertThat(key.services()).contains(Set.of(POSTGRES));
            assertThat(key.added()).isEqualTo(NOON);
            assertThat(kept.authority("lab").orElseThrow().fingerprint())
                    .isEqualTo(Keys.OTHER.key().fingerprint());
            assertThat(kept.revoked()).isEqualTo(wanted.revoked());
            assertThat(kept.services()).isEqualTo(wanted.services());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenAwayIsGoneWithEverythingThatHungOnIt(Kind kind) throws Exception {
        try (OpenStore store = kind.open(directory)) {
            store.get()
                    .apply(
                            List.of(
                                    new RosterChange.AddPrincipal(everythingSet()),
                                    new RosterChange.AddKey(key(ADA, Optional.empty())),
                                    new RosterChange.AddService(
                                            new SharedService(
                                                    POSTGRES, "db:5432", tcp(), Set.of(ADA), NOON)),
                                    new RosterChange.AddAuthority(
                                            new Authority(
                                                    "lab",
                                                    Keys.OTHER.key(),
                                                    Keys.OTHER.line(),
                                                    NOON)),
                                    new RosterChange.RevokeCertificate(revoked())));
            store.get()
                    .apply(
                            List.of(
                                    new RosterChange.RemovePrincipal(ADA),
                                    new RosterChange.RemoveAuthority("lab")));
        }

        try (OpenStore store = kind.open(directory)) {
            Roster kept = store.get().load();
            assertThat(kept.principals()).isEmpty();
            assertThat(kept.keyCount()).isZero();
            assertThat(kept.revoked()).isEmpty();
            assertThat(kept.service(POSTGRES).orElseThrow().grantees()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplacedPrincipalKeepsItsKeysAndAGrantCanBeGivenAndTaken(Kind kind) throws Exception {
        try (OpenStore store = kind.open(directory)) {
            Principal ada = Principal.member(ADA, Origin.STORE, NOON);
            store.get()
                    .apply(
                            List.of(
                                    new RosterChange.AddPrincipal(ada),
                                    new RosterChange.AddKey(key(ADA, Optional.empty())),
                                    new RosterChange.AddService(
                                            new SharedService(
                                                    POSTGRES, "db:5432", tcp(), Set.of(), NOON)),
                                    new RosterChange.GrantService(POSTGRES, ADA),
                                    new RosterChange.ReplacePrincipal(everythingSet())));
            Roster granted = store.get().load();
            store.get().apply(List.of(new RosterChange.WithdrawService(POSTGRES, ADA)));

            assertThat(granted.keysOf(ADA)).hasSize(1);
            assertThat(granted.principal(ADA)).contains(everythingSet());
            assertThat(granted.service(POSTGRES).orElseThrow().grantees()).containsExactly(ADA);
            assertThat(store.get().load().service(POSTGRES).orElseThrow().grantees()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneImpossibleChangeLeavesNothingOfItsList(Kind kind) throws Exception {
        try (OpenStore store = kind.open(directory)) {
            store.get().apply(List.of(new RosterChange.AddPrincipal(everythingSet())));
            RosterChange newcomer =
                    new RosterChange.AddPrincipal(
                            Principal.member(new PrincipalName("eve"), Origin.STORE, NOON));

            assertThatThrownBy(() ->
                            store.get()
                                    .apply(
                                            List.of(
                                                    newcomer,
                                                    new RosterChange.AddPrincipal(
                                                            everythingSet()))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(store.get().load().principals())
                    .extracting(Principal::name)
                    .containsExactly(ADA);
        }
    }

    /** The stores that there are; the one in memory is what other tests use. */
    enum Kind {
        MEMORY,
        SQLITE;

        OpenStore open(Path directory) throws IOException {
            return switch (this) {
                case MEMORY -> OpenStore.inMemory(directory);
                case SQLITE -> OpenStore.sqlite(directory.resolve("keyhole.db"));
            };
        }
    }

    private static Principal everythingSet() {
        return new Principal(
                ADA,
                Role.ADMIN,
                true,
                Optional.of("ada"),
                Optional.of(NOON.plusSeconds(60)),
                Optional.of(new Lock("left; 'quoted'\n\u202e", NOON)),
                new PrincipalLimits(
                        OptionalInt.of(3),
                        OptionalInt.of(20),
                        OptionalLong.of(1L << 40),
                        OptionalInt.of(0),
                        OptionalLong.of(16L << 30),
                        Optional.of(new BigDecimal("1.5")),
                        OptionalInt.of(100),
                        Optional.of("0,2")),
                Origin.STORE,
                NOON);
    }

    private static EnrolledKey key(PrincipalName owner, Optional<Set<ServiceName>> services) {
        AuthorizedKey key = Keys.ONE.key();
        return new EnrolledKey(owner, key, Keys.ONE.line(), services, Origin.STORE, NOON);
    }

    private static RevokedCertificate revoked() {
        return new RevokedCertificate(
                "lab", Optional.of("18446744073709551615"), Optional.empty(), "lost", NOON);
    }

    private static SharedAddress tcp() throws IOException {
        return new SharedAddress.Tcp(InetAddress.ofLiteral("10.0.0.5"), 5432);
    }
}
