package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.RevokedCertificate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code revoked_certificates}. Used on the store's thread only. */
final class RevokedTable {
    private final Handle handle;

    RevokedTable(Handle handle) {
        this.handle = handle;
    }

    List<RevokedCertificate> all() {
        return handle.createQuery("SELECT * FROM revoked_certificates ORDER BY since")
                .map((row, context) ->
                        new RevokedCertificate(
                                Column.text(row, "authority"),
                                Column.optional(row, "serial"),
                                Column.optional(row, "key_id"),
                                Column.text(row, "reason"),
                                Column.time(row, "since")))
                .list();
    }

    void insert(RevokedCertificate certificate) {
        handle.createUpdate(
                        """
                        INSERT INTO revoked_certificates (authority, serial, key_id, reason, since)
                        VALUES (:authority, :serial, :keyId, :reason, :since)
                        """)
                .bind("authority", certificate.authority())
                .bind("serial", certificate.serial())
                .bind("keyId", certificate.keyId())
                .bind("reason", certificate.reason())
                .bind("since", certificate.since().toString())
                .execute();
    }
}
