package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditNumbers;
import dev.keyhole.gateway.ban.DropNumbers;
import dev.keyhole.gateway.ban.GuardNumbers;
import dev.keyhole.gateway.workspace.Workspaces;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads all numbers of a door. Thread-safe; it blocks for as long as the store and the disk take to answer a question. */
public final class Numbers implements Supplier<DoorNumbers> {
    private final String version;
    private final Supplier<DoorUse> door;
    private final Tally tally;
    private final Workspaces workspaces;
    private final Supplier<AuditNumbers> audit;
    private final Supplier<Optional<SyslogUse>> syslog;
    private final Supplier<GuardNumbers> guard;
    private final Supplier<DropNumbers> drops;
    private final Checkup checkup;

    public Numbers(
            String version,
            Supplier<DoorUse> door,
            Tally tally,
            Workspaces workspaces,
            Supplier<AuditNumbers> audit,
            Supplier<Optional<SyslogUse>> syslog,
            Supplier<GuardNumbers> guard,
            Supplier<DropNumbers> drops,
            Checkup checkup) {
        this.version = version;
        this.door = door;
        this.tally = tally;
        this.workspaces = workspaces;
        this.audit = audit;
        this.syslog = syslog;
        this.guard = guard;
        this.drops = drops;
        this.checkup = checkup;
    }

    @Override
    public DoorNumbers get() {
        DoorUse use = door.get();
        return new DoorNumbers(
                version,
                use,
                tally.happenings(),
                WorkspaceUse.of(workspaces),
                audit.get(),
                syslog.get(),
                guard.get(),
                drops.get(),
                ProcessUse.now(),
                checkup.look(use.draining()));
    }
}
