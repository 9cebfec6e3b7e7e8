package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.SessionView;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.wire.Printable;
import java.util.Map;

/** {@code keyhole session show}: everything about one session. */
public final class SessionShow implements OperatorVerb {
    private final Sessions sessions;

    public SessionShow(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "session show";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        SessionView session = named(sessions, fields);
        return Act.on(session.id(), talk -> show(session));
    }

    /** The open session that a request names. */
    static SessionView named(Sessions sessions, Fields fields) throws OperatorRefusal {
        String id = fields.needed("id");
        return sessions.open().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        OperatorRefusal.unknown(
                                "There is no open session of that id; see `keyhole session list`."));
    }

    private static Answer show(SessionView session) {
        StringBuilder text = new StringBuilder();
        line(text, "id", session.id());
        line(text, "principal", session.principal());
        line(text, "login name", session.login());
        line(text, "key", session.key());
        line(text, "from", session.source());
        line(text, "client", session.client());
        line(text, "since", session.since().toString());
        line(text, "idle", session.idleSeconds() + " s");
        line(
                text,
                "forwards",
                session.forwards().isEmpty() ? "none" : String.join(", ", session.forwards()));
        line(
                text,
                "bytes",
                session.bytesIn() + " from the client, " + session.bytesOut() + " to the client");
        return Answer.done(text.toString(), Map.of("session", session));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-11s %s%n", name, Printable.of(value)));
    }
}
