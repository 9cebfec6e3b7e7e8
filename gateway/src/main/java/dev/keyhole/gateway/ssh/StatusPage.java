package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody sees who asks for a shell: what there is to open, and how the workspace fares, live. It executes nothing
 * and stays until Ctrl-C, so that {@code ssh -L ...} works without {@code -N}. Immutable; one call a channel.
 */
final class StatusPage {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Where the page is shown. */
    interface Screen {
        void print(String text) throws IOException, InterruptedException;
    }

    private final Workspaces workspaces;
    private final ServiceCatalog catalog;
    private final Clock clock;

    StatusPage(Workspaces workspaces, ServiceCatalog catalog, Clock clock) {
        this.workspaces = workspaces;
        this.catalog = catalog;
        this.clock = clock;
    }

    void show(Authenticated who, Screen screen, KeyPresses keys)
            throws IOException, InterruptedException {
        screen.print(head(who));
        Map<ServiceName, String> shown = new LinkedHashMap<>();
        Optional<Instant> announced = Optional.empty();
        do {
            StringBuilder news = new StringBuilder();
            workspaces
                    .of(who.principal())
                    .states()
                    .forEach((name, state) -> {
                        if (!state.word().equals(shown.put(name, state.word()))) {
                            news.append(line(name, state));
                        }
                    });
            Optional<Instant> stop = workspaces.of(who.principal()).announcedStop();
            if (stop.isPresent() && !stop.equals(announced)) {
                news.append(line("workspace", warning(stop.get())));
            } else if (stop.isEmpty() && announced.isPresent() && news.isEmpty()) {
                news.append(line("workspace", "in use again; it goes on"));
            }
            announced = stop;
            if (!news.isEmpty()) {
                screen.print(news.toString());
            }
        } while (!keys.endedWithin(BETWEEN_LOOKS));
        screen.print("\nbye. Your workspace goes on.\n");
    }

    private String head(Authenticated who) {
        StringBuilder text = new StringBuilder();
        text.append("Keyhole: you are ")
                .append(who.principal())
                .append(". This page executes nothing; it keeps your\n");
        text.append("forwards open and shows your workspace. Ctrl-C ends it.\n\n");
        catalog.ports()
                .forEach((name, port) ->
                        text.append(
                                String.format(
                                        "  %-11s ssh -L PORT:localhost:%d ...   then open http://localhost:PORT%n",
                                        name, port)));
        text.append("\n  more: ssh HOST keyhole help\n\n");
        return text.toString();
    }

    private String warning(Instant stop) {
        return "will stop at "
                + ClockTime.of(stop, clock.instant())
                + " because nothing is open; hold it: ssh HOST keyhole keep";
    }

    private String line(ServiceName name, ServiceState state) {
        return line(
                name.value(),
                switch (state) {
                    case ServiceState.Stopped stopped ->
                            stopped.sinceNanos() == Long.MIN_VALUE
                                    ? "not running; your next forward starts it"
                                    : "stopped ("
                                            + stopped.reason()
                                            + "); log in again to start it";
                    case ServiceState.Starting starting -> "starting...";
                    case ServiceState.Ready ready -> "ready";
                    case ServiceState.BackingOff backingOff -> "ended by itself; starting it again";
                    case ServiceState.Stopping stopping -> "stopping";
                    case ServiceState.Failed failed ->
                            "FAILED: " + failed.reason() + " (ssh HOST keyhole logs)";
                });
    }

    private String line(String name, String what) {
        String time = LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
        return String.format("%-8s %-11s %s%n", time, name, what);
    }
}
