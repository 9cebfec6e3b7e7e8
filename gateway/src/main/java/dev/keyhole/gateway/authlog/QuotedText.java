package dev.keyhole.gateway.authlog;

/** What a stranger typed, as it may stand in a log line: one word between quotes, printable ASCII, bounded. */
final class QuotedText {
    /** Letters of the original; each becomes at most six. */
    private static final int LONGEST = 64;

    private QuotedText() {}

    /**
     * Quotes, line ends, colours of a terminal, letters that change the direction of writing and everything else that is no
     * printable ASCII become {@code \}{@code uXXXX}; what is cut off becomes three dots.
     */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().limit(LONGEST).forEach(letter -> append(letter, quoted));
        return quoted.append(text.length() > LONGEST ? "...\"" : "\"").toString();
    }

    private static void append(int letter, StringBuilder quoted) {
        if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\') {
            quoted.append(String.format("\\u%04x", letter));
        } else {
            quoted.append((char) letter);
        }
    }
}
