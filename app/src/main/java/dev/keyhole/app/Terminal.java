package dev.keyhole.app;

import dev.keyhole.gateway.boot.ProgressLine;
import java.io.Console;

/** What a person sees while a verb works: on standard error, so that standard output stays for results. */
final class Terminal {
    private Terminal() {}

    static ProgressLine progress() {
        boolean live = isInteractive() && !"dumb".equals(System.getenv("TERM"));
        return new ProgressLine(System.err, live);
    }

    /** Whether a person sits in front of both input and output. */
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
