package dev.keyhole.app;

import dev.keyhole.gateway.boot.ProgressLine;
import java.io.Console;

/** What a person sees while a verb works: on standard error, so that standard output stays for results. */
public final class Terminal {
    private Terminal() {}

    public static ProgressLine progress() {
        return new ProgressLine(System.err, isLive());
    }

    /** Whether a line that is rewritten many times a second is a help and no flood. */
    public static boolean isLive() {
        return isInteractive() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether a person sits in front of both input and output. */
    public static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
