package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.SessionView;
import dev.keyhole.gateway.control.Sessions;
import java.util.List;
import java.util.Map;

/** {@code keyhole session list}: who is here now. */
public final class SessionList implements OperatorVerb {
    private final Sessions sessions;

    public SessionList(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "session list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("every session", talk -> list());
    }

    private Answer list() {
        List<SessionView> open = sessions.open();
        Table table =
                new Table(
                        "ID",
                        "PRINCIPAL",
                        "FROM",
                        "SINCE",
                        "IDLE",
                        "IN",
                        "OUT",
                        "FORWARDS",
                        "CLIENT");
        for (SessionView session : open) {
            table.row(
                    session.id(),
                    session.principal(),
                    session.source(),
                    session.since(),
                    session.idleSeconds() + "s",
                    session.bytesIn(),
                    session.bytesOut(),
                    String.join(",", session.forwards()),
                    session.client());
        }
        return Answer.done(table.orElse("Nobody is here."), Map.of("sessions", open));
    }
}
