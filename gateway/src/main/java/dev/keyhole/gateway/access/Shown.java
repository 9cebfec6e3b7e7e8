package dev.keyhole.gateway.access;

/** Makes text from a line fit for a terminal: short, one line, nothing but printable ASCII. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String text(String raw) {
        String plain = raw.strip().replaceAll("[^ -~]", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 3) + "...";
    }
}
