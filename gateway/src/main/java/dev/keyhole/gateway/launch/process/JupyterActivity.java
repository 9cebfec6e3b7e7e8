package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.Activity;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what keeps a Jupyter server busy, by its REST API.
 *
 * <p>Three facts out of a whole JSON document, found by pattern: inside a JSON string a quote is always escaped, so no
 * name that a user chose can look like one of these members.
 */
final class JupyterActivity {
    private static final Pattern BUSY = Pattern.compile("\"execution_state\"\\s*:\\s*\"busy\"");
    private static final Pattern TERMINAL = Pattern.compile("\"last_activity\"\\s*:");
    private static final Pattern CONNECTIONS =
            Pattern.compile("\"connections\"\\s*:\\s*(\\d{1,6})");

    private final SocketRequest request;

    JupyterActivity(SocketRequest request) {
        this.request = request;
    }

    Activity ask() {
        try {
            return read(body("/api/kernels"), terminals(), body("/api/status"));
        } catch (IOException e) {
            return Activity.UNKNOWN;
        }
    }

    static Activity read(String kernels, String terminals, String status) throws IOException {
        Matcher connections = CONNECTIONS.matcher(status);
        if (!connections.find()) {
            throw new IOException("no connections in the status");
        }
        return new Activity(
                count(BUSY, kernels),
                count(TERMINAL, terminals),
                Integer.parseInt(connections.group(1)),
                true);
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }

    private String body(String path) throws IOException {
        SocketRequest.Answer answer = request.get(path + "?no_track_activity=1");
        if (answer.status() != 200) {
            throw new IOException(path + " answered " + answer.status());
        }
        return answer.body();
    }

    /** A server without the terminals extension has none. */
    private String terminals() throws IOException {
        SocketRequest.Answer answer = request.get("/api/terminals?no_track_activity=1");
        if (answer.status() == 404) {
            return "[]";
        }
        if (answer.status() != 200) {
            throw new IOException("/api/terminals answered " + answer.status());
        }
        return answer.body();
    }
}
