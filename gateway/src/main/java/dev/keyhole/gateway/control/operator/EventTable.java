package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditIndex.Found;
import dev.keyhole.gateway.audit.EventLine;
import dev.keyhole.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Events of the audit for a person: when, what, who, from where, and the few fields that matter. Keeps no state. */
final class EventTable {
    private EventTable() {}

    static String of(List<Found> events) {
        Table table = new Table("NO", "TIME", "EVENT", "WHO", "SESSION", "FROM", "WHAT", "OUTCOME");
        for (Found found : events) {
            EventLine event = EventLine.of(found.line());
            table.row(
                    found.sequence(),
                    text(event, "@timestamp"),
                    text(event, "event.action"),
                    who(event),
                    text(event, "keyhole.session"),
                    from(event),
                    what(event),
                    outcome(event));
        }
        return table.orElse("There is no such event.");
    }

    /** Every event is a JSON object with the names of the Elastic Common Schema, as it was written. */
    static Map<String, Object> document(List<Found> events) {
        return Map.of("events", events.stream().map(found -> new Json.Raw(found.line())).toList());
    }

    /** One event on one line, for a stream. */
    static String line(Found found) {
        EventLine event = EventLine.of(found.line());
        StringJoiner line = new StringJoiner("  ");
        line.add(text(event, "@timestamp")).add(text(event, "event.action"));
        for (String part :
                List.of(
                        who(event),
                        text(event, "keyhole.session"),
                        from(event),
                        what(event),
                        outcome(event))) {
            if (!part.isEmpty()) {
                line.add(part);
            }
        }
        return line.toString();
    }

    private static String who(EventLine event) {
        String operator = text(event, "keyhole.operator.login");
        if (!operator.isEmpty()) {
            return "operator " + operator;
        }
        String principal = text(event, "user.name");
        String login = text(event, "keyhole.login");
        return principal.isEmpty() && !login.isEmpty() ? "as " + login : principal;
    }

    private static String from(EventLine event) {
        String address = text(event, "source.ip");
        return address.isEmpty() ? text(event, "source.address") : address;
    }

    private static String what(EventLine event) {
        StringJoiner what = new StringJoiner(" ");
        for (String field :
                List.of(
                        "service.name",
                        "keyhole.verb",
                        "keyhole.subject",
                        "keyhole.request",
                        "keyhole.command.kind",
                        "process.command_line")) {
            String text = text(event, field);
            if (!text.isEmpty()) {
                what.add(text);
            }
        }
        String host = text(event, "destination.address");
        if (!host.isEmpty() && text(event, "service.name").isEmpty()) {
            what.add(host + ":" + text(event, "destination.port"));
        }
        String in = text(event, "source.bytes");
        if (!in.isEmpty()) {
            what.add(in + " bytes in, " + text(event, "destination.bytes") + " out");
        }
        return what.toString();
    }

    private static String outcome(EventLine event) {
        String reason = text(event, "event.reason");
        return reason.isEmpty() ? text(event, "event.outcome") : reason;
    }

    private static String text(EventLine event, String field) {
        return event.text(field).orElse("");
    }
}
