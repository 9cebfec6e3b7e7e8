package dev.keyhole.image.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a version, such as 2.28. */
record Version(int major, int minor) implements Comparable<Version> {
    private static final Pattern SYMBOL =
            Pattern.compile("GLIBC_(\\d{1,3})\\.(\\d{1,3})(\\.\\d+)?");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,3})\\.(\\d{1,3}).*");

    /** Of the GNU C library, as its symbols carry it: {@code GLIBC_2.17}. Other symbols have other names. */
    static Optional<Version> ofGlibcSymbol(String name) {
        return matched(SYMBOL.matcher(name));
    }

    /** {@code 2.31}, or with more after it. */
    static Optional<Version> parse(String text) {
        return matched(NUMBER.matcher(text));
    }

    private static Optional<Version> matched(Matcher matcher) {
        return matcher.matches()
                ? Optional.of(
                        new Version(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
