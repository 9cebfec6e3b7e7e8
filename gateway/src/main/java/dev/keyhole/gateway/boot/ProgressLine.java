package dev.keyhole.gateway.boot;

import java.io.PrintStream;

/**
 * Says what is going on while a person waits: on a terminal one line that is rewritten, elsewhere one line for each
 * step. Thread-safe.
 */
public final class ProgressLine {
    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean live;
    private boolean lineOpen;
    private String lastStep = "";

    /** @param live whether {@code out} is a terminal that can rewrite its last line */
    public ProgressLine(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** A step that begins now; the next one replaces it on a terminal. */
    public synchronized void step(String text) {
        if (text.equals(lastStep)) {
            return;
        }
        lastStep = text;
        if (live) {
            out.print(CLEAR + text + " ...");
            lineOpen = true;
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** Something that must stay on the screen. */
    public synchronized void say(String text) {
        done();
        out.println(text);
    }

    /** No step is under way any more. */
    public synchronized void done() {
        if (lineOpen) {
            out.print(CLEAR);
            lineOpen = false;
            lastStep = "";
        }
        out.flush();
    }
}
