package dev.keyhole.gateway.model;

import java.util.regex.Pattern;

/**
 * The name of a principal, as it stands in the config, in the audit and in the name of its OS user.
 *
 * <p>Lower-case letters, digits, {@code _} and {@code -}, starting with a letter, at most 24 long: so that {@code
 * keyhole-NAME} is a valid name for {@code useradd(8)} (32 at most) and a name is never an option, a path or a
 * terminal sequence.
 *
 * @throws IllegalArgumentException with a sentence for a person, when the name breaks that grammar
 */
public record PrincipalName(String value) implements Comparable<PrincipalName> {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9_-]{0,23}");

    public PrincipalName {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A principal's name is 1-24 of a-z, 0-9, _ and -, starting with a letter");
        }
    }

    @Override
    public int compareTo(PrincipalName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
