package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Shown;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The {@code from=} of a key: addresses, ranges and wildcards on addresses, each possibly negated with {@code !}, as in
 * ssh_config(5) PATTERNS. Host names are refused when the line is read, because judging them needs a DNS that an attacker
 * may answer. Immutable.
 */
final class SourcePatterns {
    private static final Pattern IPV4_WILDCARD = Pattern.compile("[0-9.*?]+");
    private static final Pattern IPV6_WILDCARD =
            Pattern.compile("[0-9a-fA-F:.*?]*:[0-9a-fA-F:.*?]*");

    private record Entry(boolean negated, Predicate<InetAddress> matches) {}

    private final String text;
    private final List<Entry> entries;

    private SourcePatterns(String text, List<Entry> entries) {
        this.text = text;
        this.entries = List.copyOf(entries);
    }

    /** @throws LineRefused when any pattern is not one on addresses: dropping it could widen what the key may do */
    static SourcePatterns parse(String text) throws LineRefused {
        List<Entry> entries = new ArrayList<>();
        for (String pattern : text.split(",", -1)) {
            boolean negated = pattern.startsWith("!");
            entries.add(new Entry(negated, matcher(negated ? pattern.substring(1) : pattern)));
        }
        return new SourcePatterns(text, entries);
    }

    private static Predicate<InetAddress> matcher(String pattern) throws LineRefused {
        if (pattern.contains("*") || pattern.contains("?")) {
            if (IPV4_WILDCARD.matcher(pattern).matches()
                    || IPV6_WILDCARD.matcher(pattern).matches()) {
                Wildcard wildcard = new Wildcard(pattern);
                return address -> wildcard.matches(AddressText.of(address));
            }
            throw hostName(pattern);
        }
        if (!pattern.contains("/") && AddressBlock.literal(pattern).isEmpty()) {
            throw hostName(pattern);
        }
        try {
            return AddressBlock.parse(pattern)::contains;
        } catch (IllegalArgumentException e) {
            throw new LineRefused(
                    "its from= is wrong: " + e.getMessage(), "Correct the from= of the line.");
        }
    }

    private static LineRefused hostName(String pattern) {
        return new LineRefused(
                "its from= holds '" + Shown.text(pattern) + "', and host names are never looked up",
                "Write addresses or ranges there, such as 10.0.0.0/8.");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether some pattern matches and no negated one does. */
    boolean permit(InetAddress source) {
        return entries.stream().anyMatch(entry -> !entry.negated() && entry.matches().test(source))
                && entries.stream()
                        .noneMatch(entry -> entry.negated() && entry.matches().test(source));
    }
}
