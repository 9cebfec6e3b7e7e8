package dev.keyhole.system.audit;

import dev.keyhole.system.AuditTrail.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who, when, from where, what, on what, with which result, how much: where an event answers each. */
final class SevenQuestions {
    private static final List<String> ALWAYS =
            List.of(
                    "@timestamp",
                    "event.sequence",
                    "event.action",
                    "event.category",
                    "event.outcome");

    private static final List<String> SESSION =
            List.of("keyhole.session", "source.ip", "source.port", "network.protocol");
    private static final List<String> PERSON = List.of("user.name", "keyhole.key.fingerprint");
    private static final List<String> WHY = List.of("event.reason", "message");
    private static final List<String> BYTES =
            List.of("source.bytes", "destination.bytes", "event.duration");
    private static final List<String> OPERATOR =
            List.of(
                    "keyhole.operator.uid",
                    "keyhole.operator.login",
                    "keyhole.verb",
                    "keyhole.subject");
    private static final List<String> BAN = List.of("keyhole.network", "keyhole.incident");

    /** Besides those that every event has. */
    private static final Map<String, List<List<String>>> FIELDS =
            Map.ofEntries(
                    Map.entry(
                            "door-started", List.of(List.of("service.version", "server.address"))),
                    Map.entry("door-stopped", List.of(List.of("event.reason"))),
                    Map.entry(
                            "login",
                            List.of(
                                    SESSION,
                                    PERSON,
                                    List.of("keyhole.login", "user_agent.original"))),
                    Map.entry(
                            "login-refused",
                            List.of(SESSION, WHY, List.of("keyhole.login", "user_agent.original"))),
                    Map.entry(
                            "session-ended",
                            List.of(SESSION, PERSON, List.of("event.reason", "event.duration"))),
                    Map.entry(
                            "forward-opened",
                            List.of(
                                    SESSION,
                                    PERSON,
                                    List.of(
                                            "service.name",
                                            "destination.address",
                                            "destination.port"))),
                    Map.entry(
                            "forward-closed",
                            List.of(SESSION, PERSON, BYTES, List.of("service.name"))),
                    Map.entry(
                            "forward-refused",
                            List.of(
                                    SESSION,
                                    PERSON,
                                    WHY,
                                    List.of("destination.address", "destination.port"))),
                    Map.entry(
                            "request-refused",
                            List.of(SESSION, PERSON, WHY, List.of("keyhole.request"))),
                    Map.entry("verb-run", List.of(SESSION, PERSON, List.of("keyhole.verb"))),
                    Map.entry(
                            "command-started",
                            List.of(
                                    SESSION,
                                    PERSON,
                                    List.of("keyhole.command.kind", "process.command_line"))),
                    Map.entry(
                            "command-ended",
                            List.of(SESSION, PERSON, BYTES, List.of("event.reason"))),
                    Map.entry("workspace-starting", List.of(List.of("user.name", "service.name"))),
                    Map.entry(
                            "workspace-started",
                            List.of(
                                    List.of(
                                            "user.name",
                                            "service.name",
                                            "process.pid",
                                            "event.duration"))),
                    Map.entry(
                            "workspace-stopped",
                            List.of(List.of("user.name", "service.name", "event.reason"))),
                    Map.entry("workspace-kept", List.of(SESSION, PERSON, List.of("keyhole.until"))),
                    Map.entry("workspace-keep-ended", List.of(SESSION, PERSON)),
                    Map.entry("operator-acted", List.of(OPERATOR)),
                    Map.entry("operator-refused", List.of(OPERATOR, WHY)),
                    Map.entry("audit-read", List.of(OPERATOR)),
                    Map.entry(
                            "ban-placed",
                            List.of(BAN, List.of("keyhole.ban.by", "keyhole.until", "message"))),
                    Map.entry("ban-lifted", List.of(BAN, List.of("keyhole.ban.by"))));

    private SevenQuestions() {}

    /** What an event ought to say and does not. */
    static List<String> unanswered(Event event) {
        List<String> missing = new ArrayList<>();
        List<List<String>> fields = new ArrayList<>(FIELDS.getOrDefault(event.action(), List.of()));
        fields.add(ALWAYS);
        for (List<String> group : fields) {
            for (String field : group) {
                // A source port or a number may be 0, and an identification is never empty.
                if (!event.fields().has(field)) {
                    missing.add(field);
                }
            }
        }
        return missing;
    }

    static boolean areAskedOf(String action) {
        return FIELDS.containsKey(action);
    }
}
