package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.Authority;
import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code authorities}. Used on the store's thread only. */
final class AuthorityTable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityTable.class);

    private final Handle handle;
    private final KeyRules rules;

    AuthorityTable(Handle handle, KeyRules rules) {
        this.handle = handle;
        this.rules = rules;
    }

    List<Authority> all() {
        return handle
                .createQuery("SELECT * FROM authorities ORDER BY name")
                .map((row, context) -> read(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    void insert(Authority authority) {
        handle.createUpdate(
                        """
                        INSERT INTO authorities (name, fingerprint, line, added)
                        VALUES (:name, :fingerprint, :line, :added)
                        """)
                .bind("name", authority.name())
                .bind("fingerprint", authority.fingerprint().value())
                .bind("line", authority.line())
                .bind("added", authority.added().toString())
                .execute();
    }

    void delete(String name) {
        handle.createUpdate("DELETE FROM authorities WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    private Optional<Authority> read(ResultSet row) throws SQLException {
        String name = Column.text(row, "name");
        String line = Column.text(row, "line");
        if (AuthorizedKeysLine.parse(line, rules) instanceof KeyLine.Usable(var key)) {
            return Optional.of(new Authority(name, key, line, Column.time(row, "added")));
        }
        LOG.warn("The key of the certificate authority {} is not accepted any more", name);
        return Optional.empty();
    }
}
