package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code principals}. Used on the store's thread only. */
final class PrincipalTable {
    private final Handle handle;

    PrincipalTable(Handle handle) {
        this.handle = handle;
    }

    List<Principal> all() {
        return handle.createQuery("SELECT * FROM principals ORDER BY name")
                .map((row, context) -> read(row))
                .list();
    }

    void insert(Principal principal) {
        String sql =
                """
                INSERT INTO principals (name, role, shell, os_user, expires, locked_since, lock_reason, sessions,
                    forwards, bytes_per_second, workspaces, memory_bytes, cpus, pids, gpus, origin, added)
                VALUES (:name, :role, :shell, :osUser, :expires, :lockedSince, :lockReason, :sessions,
                    :forwards, :bytesPerSecond, :workspaces, :memoryBytes, :cpus, :pids, :gpus, :origin, :added)
                """;
        write(sql, principal);
    }

    void update(Principal principal) {
        String sql =
                """
                UPDATE principals SET role = :role, shell = :shell, os_user = :osUser, expires = :expires,
                    locked_since = :lockedSince, lock_reason = :lockReason, sessions = :sessions,
                    forwards = :forwards, bytes_per_second = :bytesPerSecond, workspaces = :workspaces,
                    memory_bytes = :memoryBytes, cpus = :cpus, pids = :pids, gpus = :gpus, origin = :origin,
                    added = :added
                WHERE name = :name
                """;
        write(sql, principal);
    }

    void delete(PrincipalName name) {
        handle.createUpdate("DELETE FROM principals WHERE name = :name")
                .bind("name", name.value())
                .execute();
    }

    private void write(String sql, Principal principal) {
        PrincipalLimits limits = principal.limits();
        handle.createUpdate(sql)
                .bind("name", principal.name().value())
                .bind("role", principal.role().word())
                .bind("shell", principal.shell() ? 1 : 0)
                .bind("osUser", principal.osUser())
                .bind("expires", principal.expiry().map(Instant::toString))
                .bind("lockedSince", principal.lock().map(lock -> lock.since().toString()))
                .bind("lockReason", principal.lock().map(Lock::reason))
                .bind("sessions", limits.sessions())
                .bind("forwards", limits.forwards())
                .bind("bytesPerSecond", limits.bytesPerSecond())
                .bind("workspaces", limits.workspaces())
                .bind("memoryBytes", limits.memoryBytes())
                .bind("cpus", limits.cpus().map(BigDecimal::toPlainString))
                .bind("pids", limits.pids())
                .bind("gpus", limits.gpus())
                .bind("origin", principal.origin().name().toLowerCase(Locale.ROOT))
                .bind("added", principal.added().toString())
                .execute();
    }

    private static Principal read(ResultSet row) throws SQLException {
        return new Principal(
                new PrincipalName(Column.text(row, "name")),
                Role.valueOf(Column.text(row, "role").toUpperCase(Locale.ROOT)),
                row.getInt("shell") == 1,
                Column.optional(row, "os_user"),
                Column.optional(row, "expires").map(Instant::parse),
                lock(row),
                limits(row),
                Origin.valueOf(Column.text(row, "origin").toUpperCase(Locale.ROOT)),
                Column.time(row, "added"));
    }

    private static Optional<Lock> lock(ResultSet row) throws SQLException {
        Optional<String> since = Column.optional(row, "locked_since");
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Lock(Column.text(row, "lock_reason"), Instant.parse(since.get())));
    }

    private static PrincipalLimits limits(ResultSet row) throws SQLException {
        return new PrincipalLimits(
                Column.optionalInt(row, "sessions"),
                Column.optionalInt(row, "forwards"),
                Column.optionalLong(row, "bytes_per_second"),
                Column.optionalInt(row, "workspaces"),
                Column.optionalLong(row, "memory_bytes"),
                Column.optional(row, "cpus").map(BigDecimal::new),
                Column.optionalInt(row, "pids"),
                Column.optional(row, "gpus"));
    }
}
