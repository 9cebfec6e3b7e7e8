package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditNumbers;
import dev.keyhole.gateway.ban.DropNumbers;
import dev.keyhole.gateway.ban.GuardNumbers;
import java.util.Optional;

/**
 * Everything that is counted about a door, at one moment. Its parts are read one after the other, so they may be apart by
 * as long as that takes.
 *
 * @param version of Keyhole
 * @param syslog empty where none is configured
 */
public record DoorNumbers(
        String version,
        DoorUse door,
        Happenings happenings,
        WorkspaceUse workspaces,
        AuditNumbers audit,
        Optional<SyslogUse> syslog,
        GuardNumbers guard,
        DropNumbers drops,
        ProcessUse process,
        Condition condition) {}
