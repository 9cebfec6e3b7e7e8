package dev.keyhole.gateway.control.operator;

/** Something that an operator may ask. Implementations are thread-safe. */
public interface OperatorVerb {
    /** The words after {@code keyhole}, such as {@code principal add}. */
    String name();

    /** Whether it runs only when the audit holds it: it changes something, or looks into somebody's workspace. */
    default boolean audited() {
        return true;
    }

    /**
     * Understands the request; nothing happens yet.
     *
     * @throws OperatorRefusal with everything that is wrong with it
     */
    Act prepare(Fields fields) throws OperatorRefusal;
}
