package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What keeps a source out, and how it is told. The text says the same whoever failed there, and with which name.
 *
 * @param until empty until an operator lifts it
 */
record Hindrance(
        SourceGroup source, Incident incident, Ban.By by, Optional<Instant> until, String reason) {
    /** A ban before a penalty, because it lasts longer. */
    static Optional<Hindrance> of(Standing standing, SourceGroup source) {
        return standing.ban()
                .map(ban ->
                        new Hindrance(source, ban.incident(), ban.by(), ban.until(), ban.reason()))
                .or(() ->
                        standing.penalty()
                                .map(penalty ->
                                        new Hindrance(
                                                source,
                                                penalty.incident(),
                                                Ban.By.DOOR,
                                                Optional.of(penalty.until()),
                                                penalty.counts())));
    }

    Refusal refusal(Instant now) {
        String address = source.block().network().getHostAddress();
        String text =
                switch (by) {
                    case DOOR ->
                            "Too many connections from "
                                    + address
                                    + " failed; none is taken "
                                    + end(now)
                                    + ". Whoever can log in elsewhere may end that: ssh HOST keyhole unban "
                                    + incident;
                    case OPERATOR ->
                            "The operator takes no connection from "
                                    + address
                                    + " "
                                    + end(now)
                                    + (reason.isEmpty() ? "" : ": " + reason);
                };
        return new Refusal(Code.SOURCE_PENALISED, text, incident + ": " + reason);
    }

    /** For a friend that has as many waiting as it may. */
    Refusal crowdedFriend(int most, Instant now) {
        return new Refusal(
                Code.SOURCE_PENALISED,
                "Too many connections from your network failed; "
                        + most
                        + " at a time may log in from there "
                        + end(now)
                        + ". Connect again in a moment",
                incident + ": a friend has " + most + " waiting");
    }

    private String end(Instant now) {
        String until =
                until().map(end -> "until " + ClockTime.of(minuteAfter(end), now))
                        .orElse("until that is lifted");
        return until + " (incident " + incident + ")";
    }

    /** A minute is shown, and the promise must hold then. */
    private static Instant minuteAfter(Instant end) {
        Instant minute = end.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(end) ? end : minute.plus(1, ChronoUnit.MINUTES);
    }

    Duration left(Instant now, Duration most) {
        Duration left = until.map(end -> Duration.between(now, end)).orElse(most);
        return left.compareTo(most) < 0 ? left : most;
    }
}
