package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditIndex.Carried;
import dev.keyhole.gateway.audit.AuditIndex.KeyUse;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.control.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** {@code keyhole audit summary}: which keys were used from where, or how many bytes went for whom. */
public final class AuditSummary implements OperatorVerb {
    private static final int MOST_ROWS = 10_000;

    private final AuditIndex index;
    private final AuditWords words;

    public AuditSummary(AuditIndex index, AuditWords words) {
        this.index = index;
        this.words = words;
    }

    @Override
    public String name() {
        return "audit summary";
    }

    @Override
    public AuditEvent event(OperatorAct act) {
        return new AuditEvent.AuditRead(act);
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String of = fields.needed("of");
        if (!of.equals("keys") && !of.equals("bytes")) {
            throw OperatorRefusal.usage("A summary is one of keys or bytes.");
        }
        Problems problems = new Problems();
        StringJoiner asked = new StringJoiner(" ");
        asked.add(of);
        Optional<Instant> since = words.time("since", fields, problems, asked);
        Optional<Instant> until = words.time("until", fields, problems, asked);
        problems.refuseIfAny();
        return Act.on(
                asked.toString(),
                talk -> {
                    try {
                        return of.equals("keys") ? keys(since, until) : bytes(since, until);
                    } catch (AuditUnreadable e) {
                        throw AuditWords.unreadable(e);
                    }
                });
    }

    private Answer keys(Optional<Instant> since, Optional<Instant> until) throws AuditUnreadable {
        List<KeyUse> uses = index.keys(since, until, MOST_ROWS);
        Table table = new Table("PRINCIPAL", "KEY", "FROM", "LOGINS", "FIRST", "LAST");
        uses.forEach(use ->
                table.row(
                        use.principal(),
                        use.key(),
                        use.source(),
                        use.logins(),
                        use.first(),
                        use.last()));
        return Answer.done(table.orElse("No key was used."), Map.of("keys", uses));
    }

    private Answer bytes(Optional<Instant> since, Optional<Instant> until) throws AuditUnreadable {
        List<Carried> sums = index.bytes(since, until, MOST_ROWS);
        Table table = new Table("PRINCIPAL", "FORWARDS", "IN", "OUT");
        sums.forEach(sum -> table.row(sum.principal(), sum.forwards(), sum.in(), sum.out()));
        return Answer.done(table.orElse("Nothing was carried."), Map.of("bytes", sums));
    }
}
