package dev.keyhole.client;

import dev.keyhole.wire.Printable;

/** Something typed does not follow the grammar; nothing was executed. The message is for the person who typed it. */
public final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadArgument(String message) {
        super(message);
    }

    /** Quotes what was typed so that it shows on one line, whatever it holds. */
    static String quoted(String typed) {
        String shown = typed.length() > 80 ? typed.substring(0, 80) + "…" : typed;
        return "'" + Printable.of(shown) + "'";
    }
}
