package dev.keyhole.gateway.control;

import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.workspace.IdleVerdict;
import dev.keyhole.gateway.workspace.KeptBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What keeps a workspace alive or when it would stop, in words and as a document. */
final class IdleText {
    private IdleText() {}

    static String of(IdleVerdict verdict, Instant now) {
        return switch (verdict) {
            case IdleVerdict.NotRunning notRunning -> "not running";
            case IdleVerdict.Kept(List<KeptBy> by) ->
                    "kept by: "
                            + by.stream()
                                    .map(one -> one.text(now))
                                    .collect(Collectors.joining(", "));
            case IdleVerdict.NeverStops never ->
                    "nothing is open; this door stops no workspace for that";
            case IdleVerdict.Stops(Duration left) ->
                    "would stop at "
                            + ClockTime.of(now.plus(least(left)), now)
                            + " because nothing is open (in "
                            + ClockTime.length(least(left))
                            + "; hold it: keyhole keep)";
        };
    }

    /** Always {@code state}; {@code keptBy} while something keeps it, {@code stopsAt} while nothing does. */
    static Map<String, Object> document(IdleVerdict verdict, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        switch (verdict) {
            case IdleVerdict.NotRunning notRunning -> document.put("state", "not-running");
            case IdleVerdict.Kept(List<KeptBy> by) -> {
                document.put("state", "kept");
                document.put("keptBy", by.stream().map(IdleText::document).toList());
            }
            case IdleVerdict.NeverStops never -> document.put("state", "never-stops");
            case IdleVerdict.Stops(Duration left) -> {
                document.put("state", "stops");
                document.put(
                        "stopsAt",
                        now.plus(least(left)).truncatedTo(ChronoUnit.SECONDS).toString());
                document.put("secondsLeft", least(left).toSeconds());
            }
        }
        return document;
    }

    private static Map<String, Object> document(KeptBy by) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("what", by.word());
        document.put("count", by.number());
        if (by instanceof KeptBy.Keep keep) {
            document.put("until", keep.until().toString());
            document.put("by", keep.by().value());
        }
        return document;
    }

    private static Duration least(Duration left) {
        return left.isNegative() ? Duration.ZERO : left;
    }
}
