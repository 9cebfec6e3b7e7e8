package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.workspace.Workspaces;
import java.util.function.Predicate;

/**
 * What commands need of the house. Immutable.
 *
 * @param granted whether the principal may have a shell, commands and sftp now; asked at every request
 */
record CommandDesk(
        Predicate<Authenticated> granted, Workspaces workspaces, Usage usage, AuditLog audit) {}
