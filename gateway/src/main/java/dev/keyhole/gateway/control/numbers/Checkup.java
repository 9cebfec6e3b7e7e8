package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.wire.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at everything that must be well for the door to do its work. Thread-safe; it blocks for as long as a check takes,
 * two seconds each at most.
 */
public final class Checkup {
    /** Below that a door stops taking logins soon: the audit grows by some hundred bytes an event. */
    static final long LEAST_FREE = 256L << 20;

    /** A part of the door that can be asked whether it works. */
    public interface Part {
        /** Why it does not; empty while all is well. */
        Optional<String> trouble();
    }

    private final AuditLog audit;
    private final Part store;
    private final Part broker;
    private final Part hostKey;
    private final Part syslog;
    private final Part checkpoints;
    private final Part drops;
    private final Supplier<Optional<DiskUse>> disk;

    public Checkup(
            AuditLog audit,
            Part store,
            Part broker,
            Part hostKey,
            Part syslog,
            Part checkpoints,
            Part drops,
            Supplier<Optional<DiskUse>> disk) {
        this.audit = audit;
        this.store = store;
        this.broker = broker;
        this.hostKey = hostKey;
        this.syslog = syslog;
        this.checkpoints = checkpoints;
        this.drops = drops;
        this.disk = disk;
    }

    Condition look(boolean draining) {
        Optional<DiskUse> space = disk.get();
        List<Check> checks = new ArrayList<>();
        checks.add(
                audit.isAvailable()
                        ? Check.well("audit", "events reach the disk")
                        : Check.problem(
                                "audit",
                                Code.AUDIT_UNAVAILABLE,
                                "the last event did not reach the disk"));
        checks.add(check("store", Code.STORE_UNAVAILABLE, store, "answers"));
        checks.add(check("broker", Code.BROKER_UNAVAILABLE, broker, "answers"));
        checks.add(check("host-key", Code.HOST_KEY_UNUSABLE, hostKey, "is the one that is shown"));
        checks.add(space.map(Checkup::space).orElseGet(Checkup::noSpaceKnown));
        checks.add(
                draining
                        ? Check.problem("draining", Code.DRAINING, "nothing new is taken")
                        : Check.well("draining", "no"));
        checks.add(
                notable(
                        "syslog",
                        Code.SYSLOG_UNREACHABLE,
                        syslog,
                        "nothing keeps events from where they are sent"));
        checks.add(
                notable(
                        "checkpoints",
                        Code.CHECKPOINT_NOT_PUSHED,
                        checkpoints,
                        "nothing keeps them from where they are pushed"));
        checks.add(
                notable(
                        "kernel-drops",
                        Code.KERNEL_DROPS_OFF,
                        drops,
                        "the kernel takes what it is told"));
        return new Condition(checks, space);
    }

    private static Check check(String name, Code code, Part part, String fine) {
        return part.trouble()
                .map(trouble -> Check.problem(name, code, trouble))
                .orElseGet(() -> Check.well(name, fine));
    }

    private static Check notable(String name, Code code, Part part, String fine) {
        return part.trouble()
                .map(why -> Check.notice(name, code, why))
                .orElseGet(() -> Check.well(name, fine));
    }

    private static Check space(DiskUse disk) {
        String left = (disk.free() >> 20) + " MiB of " + (disk.size() >> 20) + " MiB are free";
        return disk.free() < LEAST_FREE
                ? Check.problem("disk", Code.DISK_LOW, left)
                : Check.well("disk", left);
    }

    private static Check noSpaceKnown() {
        return Check.problem(
                "disk", Code.DISK_LOW, "the home's disk does not say how much is free");
    }
}
