package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.PrintWriter;

/**
 * What a person sees: on a terminal one line that is kept up to date, elsewhere one line per change.
 *
 * <p>Progress goes to standard error, so that standard output holds only the result. Thread-safe.
 */
public final class Screen {
    private static final String REDRAW = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private String state = "";
    private boolean drawn;

    public Screen(PrintWriter out, PrintWriter err, boolean live) {
        this.out = out;
        this.err = err;
        this.live = live;
    }

    /** Shows what is going on; {@code ticking} is the part that changes all the time and only a terminal shows. */
    synchronized void progress(String state, String ticking) {
        if (live) {
            err.print(REDRAW + state + (ticking.isEmpty() ? "…" : " " + ticking));
            drawn = true;
        } else if (!state.equals(this.state)) {
            err.println(state + "…");
        }
        this.state = state;
        err.flush();
    }

    /** Leaves the cursor on a fresh line, because {@code ssh} may have to ask something there. */
    synchronized void leaveRoom() {
        if (drawn) {
            err.println();
            err.flush();
            drawn = false;
        }
    }

    /** A line that stays, for the person. */
    public synchronized void say(String line) {
        clear();
        err.println(line);
        err.flush();
    }

    /** The result, for the person or the program that asked. */
    public synchronized void result(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** An ending that is not the wanted one; about the wanted one nothing needs saying. */
    public void say(Ending ending) {
        if (ending.status() == ExitStatus.DONE) {
            return;
        }
        say("keyhole: " + ending.text() + "\n" + ending.nextMove());
    }

    private void clear() {
        if (drawn) {
            err.print(REDRAW);
            err.flush();
            drawn = false;
        }
    }
}
