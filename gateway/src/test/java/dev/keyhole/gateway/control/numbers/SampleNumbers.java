package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditNumbers;
import dev.keyhole.gateway.ban.DropNumbers;
import dev.keyhole.gateway.ban.GuardNumbers;
import dev.keyhole.gateway.ban.Offence;
import dev.keyhole.gateway.model.Durations;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Numbers of a door that does not exist, all of them different. */
public final class SampleNumbers {
    private SampleNumbers() {}

    public static DoorNumbers of(Condition condition) {
        return new DoorNumbers(
                "0.1.0",
                new DoorUse(
                        3,
                        2,
                        Map.of(ForwardKind.SERVICE, 5, ForwardKind.SHARED, 1),
                        4,
                        1_000_001,
                        2_000_002,
                        false),
                new Happenings(
                        17,
                        new TreeMap<>(
                                Map.of(
                                        new Refused(Step.LOGIN, Code.AUTH_FAILED), 6L,
                                        new Refused(Step.FORWARD, Code.SERVICE_UNKNOWN), 7L)),
                        18,
                        19,
                        20,
                        new Durations(List.of(1.0, 5.0), List.of(8L, 9L, 10L), 123.5),
                        21,
                        22,
                        23),
                new WorkspaceUse(11, 24, Map.of("ready", 12, "failed", 13)),
                new AuditNumbers(
                        36,
                        37,
                        38,
                        Duration.ofMillis(39),
                        Duration.ofMillis(40),
                        41,
                        new Durations(List.of(0.001, 0.01), List.of(2L, 1L, 0L), 0.012)),
                Optional.of(new SyslogUse(60, 61)),
                new GuardNumbers(
                        new GuardNumbers.Tables(50, 42, 43, 44, 45, 46, 47),
                        48,
                        49,
                        51,
                        52,
                        Map.of(Offence.VIOLATION, 53L)),
                new DropNumbers(54, 55, Optional.empty()),
                new ProcessUse(
                        25,
                        26,
                        27,
                        List.of(new ProcessUse.Collector("G1", 28, Duration.ofMillis(29))),
                        30,
                        OptionalLong.of(31),
                        Duration.ofSeconds(32),
                        Instant.ofEpochSecond(33)),
                condition);
    }

    public static Condition well() {
        return new Condition(
                List.of(Check.well("audit", "fine"), Check.well("disk", "fine")),
                Optional.of(new DiskUse(34, 35)));
    }

    public static Condition troubled() {
        return new Condition(
                List.of(
                        Check.well("audit", "fine"),
                        Check.problem("disk", Code.DISK_LOW, "34 MiB are free")),
                Optional.empty());
    }
}
