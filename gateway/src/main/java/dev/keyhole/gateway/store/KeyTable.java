package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code enrolled_keys}. Used on the store's thread only. */
final class KeyTable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyTable.class);

    private final Handle handle;
    private final KeyRules rules;

    KeyTable(Handle handle, KeyRules rules) {
        this.handle = handle;
        this.rules = rules;
    }

    /** Those that the rules of today still accept: a raised {@code rsa-min} shuts out what was enrolled before. */
    List<EnrolledKey> all() {
        return handle
                .createQuery("SELECT * FROM enrolled_keys ORDER BY fingerprint")
                .map((row, context) -> read(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    void insert(EnrolledKey key) {
        handle.createUpdate(
                        """
                        INSERT INTO enrolled_keys (fingerprint, owner, line, services, added)
                        VALUES (:fingerprint, :owner, :line, :services, :added)
                        """)
                .bind("fingerprint", key.key().fingerprint().value())
                .bind("owner", key.owner().value())
                .bind("line", key.line())
                .bind("services", key.services().map(KeyTable::joined))
                .bind("added", key.added().toString())
                .execute();
    }

    void delete(Fingerprint fingerprint) {
        handle.createUpdate("DELETE FROM enrolled_keys WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint.value())
                .execute();
    }

    private static String joined(Set<ServiceName> services) {
        return services.stream().map(ServiceName::value).sorted().collect(Collectors.joining(","));
    }

    private Optional<EnrolledKey> read(ResultSet row) throws SQLException {
        PrincipalName owner = new PrincipalName(Column.text(row, "owner"));
        String line = Column.text(row, "line");
        if (AuthorizedKeysLine.parse(line, rules) instanceof KeyLine.Usable(var key)) {
            return Optional.of(
                    new EnrolledKey(
                            owner,
                            key,
                            line,
                            Column.optional(row, "services").map(KeyTable::split),
                            Origin.STORE,
                            Column.time(row, "added")));
        }
        LOG.warn(
                "The key {} of {} is not accepted any more: `keyhole key list` lacks it, its owner cannot log in with it",
                Column.text(row, "fingerprint"),
                owner);
        return Optional.empty();
    }

    private static Set<ServiceName> split(String services) {
        return Arrays.stream(services.split(","))
                .filter(name -> !name.isEmpty())
                .map(ServiceName::new)
                .collect(Collectors.toSet());
    }
}
