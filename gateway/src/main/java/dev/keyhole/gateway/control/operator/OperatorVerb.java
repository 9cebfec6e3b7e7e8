package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;

/** Something that an operator may ask. Implementations are thread-safe. */
public interface OperatorVerb {
    /** The words after {@code keyhole}, such as {@code principal add}. */
    String name();

    /** Whether it runs only when the audit holds it: it changes something, or looks into somebody's workspace. */
    default boolean audited() {
        return true;
    }

    /** What is written down before it runs. */
    default AuditEvent event(OperatorAct act) {
        return new AuditEvent.OperatorActed(act);
    }

    /**
     * Understands the request; nothing happens yet.
     *
     * @throws OperatorRefusal with everything that is wrong with it
     */
    Act prepare(Fields fields) throws OperatorRefusal;
}
