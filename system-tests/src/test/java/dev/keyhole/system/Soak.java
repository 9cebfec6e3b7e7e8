package dev.keyhole.system;

import java.time.Duration;
import java.util.List;

/** How much of a long test is run: a part of it in {@code bin/test}, all of it in {@code bin/soak}. */
public final class Soak {
    private static final boolean FULL = Boolean.getBoolean("keyhole.soak");

    private Soak() {}

    /** The full count, or the part of it that fits into a run of all tests. */
    public static int count(int full, int part) {
        return FULL ? full : part;
    }

    /** Whether everything is run, so that figures mean something. */
    public static boolean isFull() {
        return FULL;
    }

    /**
     * Before the command of an attacker: where figures are judged it gets what the door and the others leave of the
     * processors, as if it were on another machine.
     */
    public static List<String> elsewhere() {
        return FULL ? List.of("nice", "-n", "19") : List.of();
    }

    /** How long a client may take for its share. */
    public static Duration patience() {
        return FULL ? Duration.ofHours(1) : Duration.ofSeconds(120);
    }
}
