package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code keyhole open} from the first look-up to the exit status: a tunnel, what is said about it, the browser.
 *
 * <p>One thread runs it; {@link #end} may be called by another.
 */
public final class Opening {
    /** What the person wants to happen once the tunnel is ready. */
    public record Wishes(boolean browser, boolean json) {}

    /** How the line begins that {@code --json} prints when the tunnel is ready. */
    private static final String READY = "{\"ready\":true";

    private final OpenRequest request;
    private final Wishes wishes;
    private final Screen screen;
    private final Browser browser;
    private final TunnelFiles files;
    private final Tunnel tunnel;

    public Opening(
            OpenRequest request, Wishes wishes, Screen screen, Browser browser, TunnelFiles files) {
        this.request = request;
        this.wishes = wishes;
        this.screen = screen;
        this.browser = browser;
        this.files = files;
        this.tunnel = new Tunnel(request, screen);
    }

    /** Opens the tunnel and keeps it until it cannot go on. */
    public ExitStatus inForeground() throws InterruptedException {
        try (tunnel) {
            OpenTunnel opened = tunnel.open();
            announce(opened.forwards(), Map.of());
            tunnel.keep(opened);
            return ExitStatus.DONE;
        } catch (TunnelEnded e) {
            screen.say(e.ending());
            return e.ending().status();
        }
    }

    /** Opens the tunnel where a person can answer, then starts it again where none is needed. */
    public ExitStatus inBackground(List<String> itself) throws InterruptedException {
        try {
            OpenTunnel opened = openOnce();
            int name = opened.forwards().getFirst().local();
            ProcessHandle there =
                    new Background(files).start(unattended(itself, opened.forwards()), name, READY);
            announce(opened.forwards(), Map.of("pid", there.pid()));
            if (!wishes.json()) {
                screen.result(
                        "It goes on in the background. To end it: " + Background.howToEnd(there));
            }
            return ExitStatus.DONE;
        } catch (TunnelEnded e) {
            screen.say(e.ending());
            return e.ending().status();
        }
    }

    /** Ends the tunnel because the person said so. */
    public void end() {
        tunnel.close();
        if (!request.locals().isEmpty() && request.unattended()) {
            files.forget(request.locals().getFirst());
        }
        screen.say("Closed.");
    }

    private OpenTunnel openOnce() throws InterruptedException {
        try (tunnel) {
            return tunnel.open();
        }
    }

    private List<String> unattended(List<String> itself, List<Forward> forwards) {
        List<String> command = new ArrayList<>(itself);
        command.addAll(List.of("open", "--unattended", "--no-browser", "--json"));
        forwards.forEach(forward -> command.add("--local=" + forward.local()));
        request.key().ifPresent(key -> command.add("--key=" + key.toAbsolutePath()));
        request.acceptHostKey().ifPresent(expected -> command.add("--accept-host-key=" + expected));
        command.add("--");
        command.add(request.destination().typed());
        forwards.forEach(forward -> command.add(forward.service().name()));
        return command;
    }

    private void announce(List<Forward> forwards, Map<String, Object> more) {
        Forward first = forwards.getFirst();
        if (wishes.json()) {
            screen.result(json(forwards, more));
        } else {
            forwards.forEach(forward ->
                    screen.result(forward.service().name() + " is ready: " + forward.url()));
            if (request.locals().isEmpty() && first.local() != LocalPorts.FIRST) {
                screen.say(
                        "(Local port " + LocalPorts.FIRST + " is in use, so this is another one.)");
            }
        }
        if (wishes.browser() && !browser.open(first.url()) && !wishes.json()) {
            screen.say("No browser could be opened here; open the address yourself.");
        }
    }

    static String json(List<Forward> forwards, Map<String, Object> more) {
        Forward first = forwards.getFirst();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ready", true);
        line.put("url", first.url());
        line.put("local", first.local());
        line.put("service", first.service().name());
        line.put(
                "services",
                forwards.stream()
                        .map(forward -> {
                            Map<String, Object> service = new LinkedHashMap<>();
                            service.put("name", forward.service().name());
                            service.put("local", forward.local());
                            service.put("url", forward.url());
                            return service;
                        })
                        .toList());
        line.putAll(more);
        return Json.write(line);
    }
}
