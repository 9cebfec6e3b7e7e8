package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key as lists and {@code --json} show it; the members of the document are named after these.
 *
 * @param options what its line limits, as in {@code authorized_keys}
 * @param services the only ones that it may reach; absent means all of its principal's
 * @param origin {@code config} or {@code store}
 */
record KeyView(
        String fingerprint,
        String principal,
        String type,
        String comment,
        Optional<String> options,
        Optional<Instant> expires,
        Optional<List<String>> services,
        String origin,
        Instant added) {
    static KeyView of(EnrolledKey enrolled) {
        return new KeyView(
                enrolled.key().fingerprint().value(),
                enrolled.owner().value(),
                enrolled.key().type().sshName(),
                enrolled.key().comment(),
                options(enrolled.line(), enrolled.key()),
                enrolled.key().expiry(),
                enrolled.services()
                        .map(names -> names.stream().map(ServiceName::value).sorted().toList()),
                enrolled.origin().name().toLowerCase(Locale.ROOT),
                enrolled.added());
    }

    /** What stands before the key in its line. */
    static Optional<String> options(String line, AuthorizedKey key) {
        int type = line.indexOf(key.type().sshName() + " ");
        return type > 0 ? Optional.of(line.substring(0, type).strip()) : Optional.empty();
    }

    /** A table of keys. */
    static String table(List<KeyView> keys) {
        Table table =
                new Table(
                        "PRINCIPAL",
                        "FINGERPRINT",
                        "TYPE",
                        "COMMENT",
                        "SERVICES",
                        "EXPIRES",
                        "FROM");
        for (KeyView key : keys) {
            table.row(
                    key.principal,
                    key.fingerprint,
                    key.type,
                    key.comment,
                    key.services.map(names -> String.join(",", names)).orElse("all"),
                    key.expires.map(Instant::toString).orElse("never"),
                    key.origin);
        }
        return table.orElse("There are no keys.");
    }
}
