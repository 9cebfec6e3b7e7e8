package dev.keyhole.app.operator;

import dev.keyhole.gateway.operator.ControlClient;
import dev.keyhole.wire.Json;
import dev.keyhole.wire.Printable;
import java.io.PrintWriter;
import java.util.Map;

/** What a door says before its answer: steps on standard error, lines of a stream on standard output. */
final class Spoken implements ControlClient.Listener {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Spoken(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    @Override
    public void progress(String text) {
        err.println(Printable.of(text));
        err.flush();
    }

    @Override
    public void line(String text) {
        out.println(json ? Json.write(Map.of("line", text)) : Printable.of(text));
        out.flush();
    }
}
