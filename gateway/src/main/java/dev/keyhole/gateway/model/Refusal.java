package dev.keyhole.gateway.model;

import dev.keyhole.wire.Code;

/**
 * A no, with its reason: a code, one text for the person and one for the log.
 *
 * @param code what a script can match on
 * @param text what the person sees after the code; names what exists and the next move
 * @param detail what only the log and the audit see
 */
public record Refusal(Code code, String text, String detail) {
    /** A refusal whose person's text is the code's own meaning and next move. */
    public static Refusal of(Code code, String detail) {
        return new Refusal(code, code.meaning() + " " + code.nextMove(), detail);
    }

    /** {@code CODE: text}, as it is sent to the client. */
    public String message() {
        return code + ": " + text;
    }
}
