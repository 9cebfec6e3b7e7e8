package dev.keyhole.gateway.ban;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.model.StartupRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the guard says to a connection, after what has happened before. */
class GuardTest {
    private static final SourceGroup BAD = SourceGroup.parse("192.0.2.66");
    private static final SourceGroup GOOD = SourceGroup.parse("192.0.2.1");

    /** Both clocks, moved by the test. */
    private static final class Time extends Clock {
        private Instant now = Instant.parse("2026-11-23T08:00:00Z");
        private long nanos = 42;

        void pass(Duration time) {
            now = now.plus(time);
            nanos += time.toNanos();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A store in memory. */
    private static final class Kept implements BanStore {
        private final Map<Incident, Ban> bans = new LinkedHashMap<>();
        private final Map<SourceGroup, Friend> friends = new LinkedHashMap<>();

        @Override
        public BanStore.Kept load() {
            return new BanStore.Kept(List.copyOf(bans.values()), List.copyOf(friends.values()));
        }

        @Override
        public void keep(List<BanChange> changes) {
            for (BanChange change : changes) {
                switch (change) {
                    case BanChange.Keep(var ban) -> bans.put(ban.incident(), ban);
                    case BanChange.Forget(var incident) -> bans.remove(incident);
                    case BanChange.KeepFriend(var friend) -> friends.put(friend.source(), friend);
                    case BanChange.ForgetFriendsBefore(var time) ->
                            friends.values().removeIf(friend -> !friend.last().isAfter(time));
                }
            }
        }
    }

    private static final class Kernel implements Drops {
        private final List<SourceGroup> dropped = new ArrayList<>();

        @Override
        public void drop(SourceGroup source, Duration time) {
            dropped.add(source);
        }

        @Override
        public void lift(SourceGroup source) {
            dropped.remove(source);
        }

        @Override
        public void liftAll() {
            dropped.clear();
        }

        @Override
        public DropNumbers numbers() {
            return Drops.none("of no matter here").numbers();
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }
    }

    private final Time time = new Time();
    private final Kept kept = new Kept();
    private final Kernel kernel = new Kernel();
    private final List<AuditEvent> events = new ArrayList<>();
    private Guard guard = guard(List.of());

    private Guard guard(List<AddressBlock> exempt) {
        BanRules usual = BanRules.usual();
        return guard(
                new GuardRules(
                        PenaltyRules.usual(),
                        new BanRules(
                                exempt,
                                usual.after(),
                                usual.first(),
                                usual.longest(),
                                usual.forgiveAfter(),
                                usual.friendFor()),
                        new StartupRules(10, 30, 100),
                        10));
    }

    private Guard guard(GuardRules rules) {
        AuditLog audit =
                new AuditLog() {
                    @Override
                    public void write(AuditEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void record(AuditEvent event) {
                        events.add(event);
                    }

                    @Override
                    public boolean isAvailable() {
                        return true;
                    }

                    @Override
                    public List<String> latest(PrincipalName principal, int limit) {
                        return List.of();
                    }
                };
        return new Guard(rules, kept, kernel, audit, time, new Random(3), new Random(4));
    }

    private void fail(SourceGroup source, int times) {
        for (int failure = 0; failure < times; failure++) {
            guard.failed(source, Offence.AUTH_FAILED, time.nanos);
        }
    }

    private Entrance arrive(SourceGroup source) {
        Entrance entrance = guard.arrive(source, time.nanos);
        if (entrance instanceof Entrance.Admitted(var ticket, var instead)) {
            guard.leave(ticket);
        }
        return entrance;
    }

    private String refusal(SourceGroup source) {
        return arrive(source) instanceof Entrance.Refused(var why) ? why.message() : "";
    }

    @Test
    void fourFailuresAreRefusedUntilTheyAreOverAndOthersAreNot() {
        fail(BAD, 3);
        assertThat(arrive(BAD)).isInstanceOf(Entrance.Admitted.class);
        fail(BAD, 1);
        assertThat(refusal(BAD))
                .startsWith("SOURCE_PENALISED: ")
                .contains("192.0.2.66")
                .containsPattern("until 08:01 UTC \\(incident [2-9a-z]{4}-[2-9a-z]{4}\\)");
        assertThat(arrive(GOOD)).isInstanceOf(Entrance.Admitted.class);
        time.pass(Duration.ofSeconds(21));
        assertThat(arrive(BAD)).isInstanceOf(Entrance.Admitted.class);
    }

    @Test
    void theTextIsTheSameForKnownAndUnknownNames() {
        SourceGroup other = SourceGroup.parse("192.0.2.67");
        for (int failure = 0; failure < 4; failure++) {
            guard.failed(BAD, Offence.AUTH_FAILED, time.nanos);
            guard.failed(other, Offence.UNKNOWN_USER, time.nanos);
        }
        String shape = "[2-9a-z]{4}-[2-9a-z]{4}";
        assertThat(refusal(BAD).replaceAll(shape, "X").replace("192.0.2.66", "IP"))
                .isEqualTo(refusal(other).replaceAll(shape, "X").replace("192.0.2.67", "IP"));
    }

    @Test
    void afterThreeRefusalsTheKernelIsAskedAndLittleIsSaid() {
        fail(BAD, 4);
        assertThat(refusal(BAD)).isNotEmpty();
        assertThat(refusal(BAD)).isNotEmpty();
        assertThat(kernel.dropped).isEmpty();
        assertThat(refusal(BAD)).isNotEmpty();
        assertThat(kernel.dropped).containsExactly(BAD);
        assertThat(arrive(BAD)).isInstanceOf(Entrance.Dropped.class);
        time.pass(Duration.ofSeconds(6));
        assertThat(refusal(BAD)).as("told again after a while").isNotEmpty();
    }

    private void enforce(SourceGroup source) {
        fail(source, 4);
        time.pass(Duration.ofSeconds(30));
    }

    @Test
    void theThirdPenaltyInARowIsABanAndEachFurtherOneLastsTwiceAsLong() {
        enforce(BAD);
        enforce(BAD);
        assertThat(arrive(BAD)).isInstanceOf(Entrance.Admitted.class);
        for (int minutes : new int[] {10, 20, 40, 80, 160, 320, 640, 1_280, 1_440, 1_440}) {
            fail(BAD, 4);
            assertThat(guard.desk().bans())
                    .singleElement()
                    .satisfies(ban -> {
                        assertThat(Duration.between(ban.since(), ban.until().orElseThrow()))
                                .isEqualTo(Duration.ofMinutes(minutes));
                        assertThat(ban.placer()).isEqualTo("door");
                        assertThat(ban.reason()).contains("4 auth-failed");
                    });
            time.pass(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(refusal(BAD)).contains("incident");
            time.pass(Duration.ofSeconds(1));
            guard.sweep(time.nanos);
            assertThat(arrive(BAD)).isInstanceOf(Entrance.Admitted.class);
        }
        assertThat(events).hasAtLeastOneElementOfType(AuditEvent.BanExpired.class);
        time.pass(Duration.ofHours(25));
        fail(BAD, 4);
        assertThat(guard.desk().bans()).as("forgiven after a quiet day").isEmpty();
    }

    @Test
    void aBanAndItsLevelOutliveTheDoorAndAPenaltyDoesNot() throws Exception {
        enforce(BAD);
        enforce(BAD);
        enforce(BAD);
        SourceGroup penalised = SourceGroup.parse("192.0.2.67");
        guard.succeeded(GOOD);
        fail(penalised, 4);
        guard.sweep(time.nanos);

        guard = guard(List.of());
        guard.remember(time.nanos);

        assertThat(refusal(BAD)).contains("SOURCE_PENALISED");
        assertThat(arrive(penalised)).isInstanceOf(Entrance.Admitted.class);
        assertThat(guard.numbers().tables().friends()).isEqualTo(1);
        time.pass(Duration.ofMinutes(11));
        guard.sweep(time.nanos);
        fail(BAD, 4);
        assertThat(guard.desk().bans()).singleElement().extracting(Ban::level).isEqualTo(2);
    }

    @Test
    void aFriendPassesTwoAtATimeAndTheKernelLeavesItAlone() {
        guard.succeeded(GOOD);
        fail(GOOD, 4);
        assertThat(guard.arrive(GOOD, time.nanos)).isInstanceOf(Entrance.Admitted.class);
        assertThat(guard.arrive(GOOD, time.nanos)).isInstanceOf(Entrance.Admitted.class);
        for (int more = 0; more < 10; more++) {
            assertThat(refusal(GOOD)).contains("2 at a time").contains("incident");
        }
        assertThat(kernel.dropped).isEmpty();
        time.pass(Duration.ofDays(31));
        guard.sweep(time.nanos);
        assertThat(guard.numbers().tables().friends()).isZero();
    }

    @Test
    void anOperatorsBanHasNoFriends() throws Exception {
        guard.succeeded(GOOD);
        Ban ban =
                guard.desk()
                        .add(AddressBlock.parse("192.0.2.0/24"), "root", "tests", Optional.empty());
        assertThat(refusal(GOOD))
                .contains("The operator")
                .contains("tests")
                .contains("until that is lifted");
        assertThat(guard.desk().unban(ban.incident(), new PrincipalName("ada")))
                .isInstanceOf(BanDesk.Lifting.NotYours.class);
        assertThat(guard.desk().remove(ban.incident(), "root"))
                .isInstanceOf(BanDesk.Lifting.Lifted.class);
        assertThat(arrive(GOOD)).isInstanceOf(Entrance.Admitted.class);
        assertThat(kept.bans).isEmpty();
    }

    @Test
    void aMemberLiftsWhatTheDoorDidAndTheKernelLetsGo() throws Exception {
        enforce(BAD);
        enforce(BAD);
        fail(BAD, 4);
        Incident incident = guard.desk().bans().getFirst().incident();
        for (int refused = 0; refused < 3; refused++) {
            arrive(BAD);
        }
        assertThat(kernel.dropped).containsExactly(BAD);
        assertThat(guard.desk().unban(incident, new PrincipalName("ada")))
                .isEqualTo(new BanDesk.Lifting.Lifted(BAD.block()));
        assertThat(kernel.dropped).isEmpty();
        assertThat(arrive(BAD)).isInstanceOf(Entrance.Admitted.class);
        assertThat(guard.desk().unban(incident, new PrincipalName("ada")))
                .isInstanceOf(BanDesk.Lifting.Unknown.class);
        assertThat(events).hasAtLeastOneElementOfType(AuditEvent.BanLifted.class);
        fail(BAD, 4);
        assertThat(guard.desk().bans()).as("the count begins anew").isEmpty();
    }

    @Test
    void whoIsExemptIsNeverPunishedAndNeverCounted() {
        guard = guard(List.of(AddressBlock.parse("192.0.2.0/24")));
        fail(BAD, 100);
        for (int arrival = 0; arrival < 1_000; arrival++) {
            assertThat(guard.arrive(BAD, time.nanos)).isInstanceOf(Entrance.Admitted.class);
        }
        assertThat(guard.numbers().tables().penalties()).isZero();
        assertThat(arrive(SourceGroup.parse("198.51.100.1"))).isInstanceOf(Entrance.Admitted.class);
    }

    @Test
    void oneSourceHasTenStartsAndFriendsHaveRoomOfTheirOwn() {
        for (int arrival = 0; arrival < 10; arrival++) {
            assertThat(guard.arrive(BAD, time.nanos)).isInstanceOf(Entrance.Admitted.class);
        }
        assertThat(refusal(BAD)).startsWith("DOOR_BUSY: ");
        for (int host = 0; host < 2_000; host++) {
            guard.arrive(SourceGroup.parse("10.0." + host / 250 + "." + host % 250), time.nanos);
        }
        assertThat(guard.numbers().waiting()).isLessThanOrEqualTo(100);
        guard.succeeded(GOOD);
        for (int login = 0; login < 49; login++) {
            assertThat(guard.arrive(GOOD, time.nanos)).isInstanceOf(Entrance.Admitted.class);
        }
    }

    @Test
    void aMillionAttackersAreABoundedTable() {
        for (int source = 0; source < 300_000; source++) {
            SourceGroup attacker =
                    SourceGroup.parse(
                            "10."
                                    + (source >> 16)
                                    + "."
                                    + (source >> 8 & 255)
                                    + "."
                                    + (source & 255));
            guard.failed(attacker, Offence.VIOLATION, time.nanos);
        }
        GuardNumbers.Tables tables = guard.numbers().tables();
        assertThat(tables.penalties()).isEqualTo(PenaltyRules.MOST_SOURCES);
        assertThat(tables.overflows()).isEqualTo(300_000 - PenaltyRules.MOST_SOURCES);
    }
}
