package dev.keyhole.gateway.control.operator;

import dev.keyhole.wire.Printable;

/** Why an operator does something; the person that it concerns reads it. Keeps no state. */
final class Reason {
    private static final int LONGEST = 200;

    private Reason() {}

    static String needed(Fields fields, Problems problems) throws OperatorRefusal {
        return checked(fields.needed("reason"), problems);
    }

    /** The text that the person reads; a control character could act on its terminal. */
    static String checked(String text, Problems problems) {
        if (text.isBlank() || text.length() > LONGEST || !text.equals(Printable.of(text))) {
            problems.value(
                    "--reason: write one line of 1-" + LONGEST + " letters that can be shown");
        }
        return text.strip();
    }
}
