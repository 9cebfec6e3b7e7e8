package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditIndex.Found;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.control.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code keyhole audit export}: every event that a search would find, without a limit, oldest first, a line each. */
public final class AuditExport implements OperatorVerb {
    private static final int PAGE = 1_000;

    private final AuditIndex index;
    private final AuditWords words;

    public AuditExport(AuditIndex index, AuditWords words) {
        this.index = index;
        this.words = words;
    }

    @Override
    public String name() {
        return "audit export";
    }

    @Override
    public AuditEvent event(OperatorAct act) {
        return new AuditEvent.AuditRead(act);
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String format = fields.text("format").orElse("ecs");
        if (!format.equals("ecs")) {
            throw OperatorRefusal.usage("--format knows ecs: a JSON object a line.");
        }
        AuditWords.Asked asked = words.read(fields);
        return new Act(asked.asked(), asked.principals(), talk -> send(asked.query(), talk));
    }

    private Answer send(AuditQuery query, Talk talk) throws OperatorRefusal, IOException {
        try {
            // What is written while it runs, its own event too, is not part of it.
            OptionalLong end =
                    index.search(AuditQuery.newest(1)).stream()
                            .mapToLong(Found::sequence)
                            .findFirst();
            long seen = 0;
            long count = 0;
            List<Found> page;
            do {
                page = index.search(page(query, seen));
                for (Found found : page) {
                    if (found.sequence() <= end.orElse(0)) {
                        talk.line(found.line());
                        count++;
                    }
                    seen = found.sequence();
                }
            } while (page.size() == PAGE && seen < end.orElse(0));
            return Answer.done(count + " events\n", Map.of("events", count));
        } catch (AuditUnreadable e) {
            throw AuditWords.unreadable(e);
        }
    }

    private static AuditQuery page(AuditQuery query, long seen) {
        return new AuditQuery(
                query.fields(),
                query.source(),
                query.since(),
                query.until(),
                query.openAt(),
                OptionalLong.of(seen),
                PAGE);
    }
}
