package dev.keyhole.app.operator;

import dev.keyhole.gateway.operator.ControlClient;
import dev.keyhole.wire.Printable;
import java.io.PrintWriter;

/** What a door says before its answer: steps on standard error, lines of a stream on standard output. */
final class Spoken implements ControlClient.Listener {
    private final PrintWriter out;
    private final PrintWriter err;

    Spoken(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void progress(String text) {
        err.println(Printable.of(text));
        err.flush();
    }

    @Override
    public void line(String text) {
        out.println(Printable.of(text));
        out.flush();
    }
}
