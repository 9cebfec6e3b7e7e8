package dev.keyhole.gateway.ban;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one penalty or ban, {@code k7f3-9q2m}: short enough for the telephone, without letters that look like others,
 * and not to be guessed, because whoever knows it may lift what it names.
 *
 * @throws IllegalArgumentException when the text is none, with a sentence for a person
 */
public record Incident(String value) {
    private static final String LETTERS = "23456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern GRAMMAR =
            Pattern.compile("[" + LETTERS + "]{4}-[" + LETTERS + "]{4}");
    private static final int HALF = 4;

    public Incident {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("An incident looks like k7f3-9q2m");
        }
    }

    /** A new one, of a source of numbers that nobody can foresee. */
    static Incident random(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < 2 * HALF; at++) {
            if (at == HALF) {
                text.append('-');
            }
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new Incident(text.toString());
    }

    /** Whether a text is meant to be one, rather than an address. */
    public static boolean looksLikeOne(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
