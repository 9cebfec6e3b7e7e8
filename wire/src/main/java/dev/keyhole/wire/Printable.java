package dev.keyhole.wire;

/** What may be shown on a terminal or in a line of a log although a stranger chose it. Thread-safe: it keeps no state. */
public final class Printable {
    private Printable() {}

    /**
     * Whether a character neither acts on a terminal nor reorders or breaks a line: no C0 and C1 controls, bidirectional
     * and other format characters, line separators, lone surrogates, and nothing that is not assigned.
     */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /** The text on one line, each unprintable character replaced by U+FFFD. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(isPrintable(c) ? c : '\uFFFD'));
        return plain.toString();
    }
}
