package dev.keyhole.gateway.model;

/** Makes text that a stranger wrote fit for a terminal: short, one line, nothing but printable ASCII. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** That text, every other sign a question mark, cut at 60 characters. */
    public static String text(String raw) {
        String plain = raw.strip().replaceAll("[^ -~]", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 3) + "...";
    }
}
