package dev.keyhole.gateway.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what keeps a workspace, and when it would be stopped. Pure: what it knows is given to it. What {@code keyhole
 * status} shows and what the watch does is this one answer.
 *
 * @param idleAfter how long nothing must have kept it; absent when none is ever stopped for that
 */
public record IdleRule(Optional<Duration> idleAfter) {
    private static final Duration LEAST_WARNING = Duration.ofMinutes(1);
    private static final Duration MOST_WARNING = Duration.ofMinutes(15);

    /**
     * What was seen of a workspace at one moment.
     *
     * @param running whether a service of it answers or a command runs
     * @param activity of all its services together
     * @param unused how long nothing has used it
     */
    record Signs(
            boolean running,
            int forwards,
            int commands,
            Activity activity,
            Optional<KeptBy.Keep> keep,
            Duration unused) {}

    IdleVerdict decide(Signs signs) {
        if (!signs.running()) {
            return new IdleVerdict.NotRunning();
        }
        List<KeptBy> by = keptBy(signs);
        if (!by.isEmpty()) {
            return new IdleVerdict.Kept(by);
        }
        return idleAfter
                .<IdleVerdict>map(after -> new IdleVerdict.Stops(after.minus(signs.unused())))
                .orElseGet(IdleVerdict.NeverStops::new);
    }

    private static List<KeptBy> keptBy(Signs signs) {
        List<KeptBy> by = new ArrayList<>();
        if (signs.forwards() > 0) {
            by.add(new KeptBy.Forwards(signs.forwards()));
        }
        if (signs.commands() > 0) {
            by.add(new KeptBy.Commands(signs.commands()));
        }
        if (signs.activity().busyKernels() > 0) {
            by.add(new KeptBy.BusyKernels(signs.activity().busyKernels()));
        }
        if (signs.activity().terminals() > 0) {
            by.add(new KeptBy.Terminals(signs.activity().terminals()));
        }
        if (signs.activity().connections() > 0) {
            by.add(new KeptBy.Browsers(signs.activity().connections()));
        }
        if (!signs.activity().known()) {
            by.add(new KeptBy.Silence());
        }
        signs.keep().ifPresent(by::add);
        return by;
    }

    /** How long before a stop people are told: a tenth of the time, 1 to 15 minutes, and never more than half of it. */
    Duration warning() {
        Duration after = idleAfter.orElse(Duration.ZERO);
        Duration tenth = after.dividedBy(10);
        Duration bounded = shorter(MOST_WARNING, longer(LEAST_WARNING, tenth));
        return shorter(bounded, after.dividedBy(2));
    }

    /** How often to look, so that a stop comes about when it was told. */
    public Duration period() {
        return longer(
                Duration.ofSeconds(1),
                shorter(
                        Duration.ofSeconds(30),
                        idleAfter.orElse(Duration.ofHours(1)).dividedBy(20)));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
