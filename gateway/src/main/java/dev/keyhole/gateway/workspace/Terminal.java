package dev.keyhole.gateway.workspace;

import java.util.regex.Pattern;

/**
 * The terminal that a command is to run on.
 *
 * @param term its type, for {@code TERM}; one that is no plain word becomes {@code dumb}
 */
public record Terminal(String term, WindowSize size, TerminalModes modes) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    public Terminal {
        term = PLAIN.matcher(term).matches() ? term : "dumb";
    }
}
