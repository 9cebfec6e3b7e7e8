package dev.keyhole.gateway.operator;

import dev.keyhole.wire.Printable;
import java.util.Objects;

/** A line is not one JSON object. The message says what is wrong with it, on one line. */
public final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 200;

    NotJson(String message) {
        super(cut(Printable.of(message)), null, false, false);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
