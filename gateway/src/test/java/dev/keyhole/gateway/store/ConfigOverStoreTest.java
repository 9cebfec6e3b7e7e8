package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.ConfiguredRoster;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real store keeps for people of a config, from start to start. */
class ConfigOverStoreTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final Map<PrincipalName, List<AuthorizedKey>> WITH_ADA =
            Map.of(ADA, List.of(Keys.ONE.key()));

    @TempDir Path directory;

    @Test
    void whoLeavesTheConfigIsNobodyAndItsLockWaitsForItsReturn() throws Exception {
        started(
                WITH_ADA,
                principals -> {
                    Principal ada = principals.now().principal(ADA).orElseThrow();
                    principals.change(
                            List.of(
                                    new RosterChange.ReplacePrincipal(
                                            ada.withLock(
                                                    Optional.of(
                                                            new Lock("left", Instant.EPOCH))))));
                });
        started(Map.of(), principals -> assertThat(principals.now().principals()).isEmpty());
        started(
                WITH_ADA,
                principals ->
                        assertThat(principals.now().principal(ADA).orElseThrow().lock())
                                .isPresent());
    }

    @Test
    void aNameAndAKeyThatLeftTheConfigAreFreeForOthers() throws Exception {
        started(WITH_ADA, principals -> principals.change(List.of(key(ADA, Keys.OTHER))));
        started(
                Map.of(),
                principals ->
                        principals.change(
                                List.of(
                                        added(BOB),
                                        key(BOB, Keys.OTHER),
                                        added(ADA),
                                        key(ADA, Keys.ONE))));
        started(
                Map.of(),
                principals -> {
                    Roster now = principals.now();
                    assertThat(now.key(Keys.OTHER.key().fingerprint()).orElseThrow().owner())
                            .isEqualTo(BOB);
                    assertThat(now.key(Keys.ONE.key().fingerprint()).orElseThrow().owner())
                            .isEqualTo(ADA);
                });
    }

    private interface Use {
        void of(Principals principals) throws Exception;
    }

    private void started(Map<PrincipalName, List<AuthorizedKey>> config, Use use) throws Exception {
        try (SqliteStore store =
                SqliteStore.open(directory.resolve("keyhole.db"), KeyRules.usual())) {
            use.of(Principals.open(store, new ConfiguredRoster(config, Instant.EPOCH)));
        }
    }

    private static RosterChange added(PrincipalName name) {
        return new RosterChange.AddPrincipal(Principal.member(name, Origin.STORE, Instant.EPOCH));
    }

    private static RosterChange key(PrincipalName owner, Keys key) {
        return new RosterChange.AddKey(
                new EnrolledKey(
                        owner,
                        key.key(),
                        key.line(),
                        Optional.empty(),
                        Origin.STORE,
                        Instant.EPOCH));
    }
}
