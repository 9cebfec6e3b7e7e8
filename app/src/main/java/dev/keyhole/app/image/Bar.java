package dev.keyhole.app.image;

/** How a share of a whole looks in one line of a terminal. */
final class Bar {
    private static final int WIDTH = 24;

    private Bar() {}

    /** A whole of nothing is full; more than the whole does not overflow. */
    static String of(double part, double whole) {
        int filled = whole == 0 ? WIDTH : (int) (Math.clamp(part, 0, whole) * WIDTH / whole);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }
}
