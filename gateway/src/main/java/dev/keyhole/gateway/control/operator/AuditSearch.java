package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditIndex.Found;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.control.Answer;
import java.util.List;

/** {@code keyhole audit search}: events by who, from where, with what, and when. Reading is an event itself. */
public final class AuditSearch implements OperatorVerb {
    private final AuditIndex index;
    private final AuditWords words;

    public AuditSearch(AuditIndex index, AuditWords words) {
        this.index = index;
        this.words = words;
    }

    @Override
    public String name() {
        return "audit search";
    }

    @Override
    public AuditEvent event(OperatorAct act) {
        return new AuditEvent.AuditRead(act);
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        AuditWords.Asked asked = words.read(fields);
        return new Act(asked.asked(), asked.principals(), talk -> search(asked));
    }

    private Answer search(AuditWords.Asked asked) throws OperatorRefusal {
        try {
            List<Found> found = index.search(asked.query());
            return Answer.done(EventTable.of(found), EventTable.document(found));
        } catch (AuditUnreadable e) {
            throw AuditWords.unreadable(e);
        }
    }
}
