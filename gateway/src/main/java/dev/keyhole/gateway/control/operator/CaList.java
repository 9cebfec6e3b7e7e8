package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.control.Answer;
import java.util.List;
import java.util.Map;

/** {@code keyhole ca list}: the authorities whose user certificates are accepted, and what they revoked. */
public final class CaList implements OperatorVerb {
    private final RosterDesk desk;

    public CaList(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "ca list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("every authority", talk -> list(desk.now()));
    }

    private static Answer list(Roster roster) {
        List<AuthorityView> views =
                roster.authorities().stream()
                        .map(authority -> AuthorityView.of(authority, roster))
                        .toList();
        Table table = new Table("NAME", "FINGERPRINT", "TYPE", "COMMENT", "REVOKED");
        for (AuthorityView view : views) {
            table.row(
                    view.name(),
                    view.fingerprint(),
                    view.type(),
                    view.comment(),
                    view.revoked().size());
        }
        StringBuilder text = new StringBuilder(table.orElse("No certificates are accepted."));
        if (!roster.revoked().isEmpty()) {
            Table revoked = new Table("AUTHORITY", "SERIAL", "KEY ID", "SINCE", "REASON");
            roster.revoked()
                    .forEach(one ->
                            revoked.row(
                                    one.authority(),
                                    one.serial().orElse(""),
                                    one.keyId().orElse(""),
                                    one.since(),
                                    one.reason()));
            text.append("\nRevoked:\n").append(revoked);
        }
        return Answer.done(text.toString(), Map.of("authorities", views));
    }
}
