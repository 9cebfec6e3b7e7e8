package dev.keyhole.gateway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size with its unit, such as {@code 16GiB}; units are powers of 1024, so nothing is left to guess. */
public record ByteSize(long bytes) {
    private static final Pattern GRAMMAR = Pattern.compile("([1-9]\\d{0,8})(KiB|MiB|GiB|TiB)");

    public ByteSize {
        if (bytes < 1024 || bytes % 1024 != 0) {
            throw new IllegalArgumentException("A size is whole KiB, at least one");
        }
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static ByteSize parse(String text) {
        Matcher size = GRAMMAR.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no size; write a number with KiB, MiB, GiB or TiB, such as 16GiB");
        }
        return new ByteSize(Long.parseLong(size.group(1)) * unit(size.group(2)));
    }

    private static long unit(String name) {
        return switch (name.charAt(0)) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1L << 40;
        };
    }

    /** With the largest unit that divides it; {@link #parse} reads it back. */
    @Override
    public String toString() {
        for (String name : new String[] {"TiB", "GiB", "MiB"}) {
            if (bytes % unit(name) == 0) {
                return bytes / unit(name) + name;
            }
        }
        return bytes / 1024 + "KiB";
    }
}
