package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.SessionView;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole session close}: ends one session; its client reads why. The workspace goes on. */
public final class SessionClose implements OperatorVerb {
    private final Sessions sessions;

    public SessionClose(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "session close";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        SessionView session = SessionShow.named(sessions, fields);
        Problems problems = new Problems();
        Optional<String> reason = fields.text("reason").map(text -> Reason.checked(text, problems));
        problems.refuseIfAny();
        return new Act(
                session.id(),
                List.of(new PrincipalName(session.principal())),
                talk -> close(session, reason));
    }

    private Answer close(SessionView session, Optional<String> reason) throws OperatorRefusal {
        String text =
                reason.map(why -> "The operator ended this session: " + why)
                        .orElse(
                                Code.SESSION_CLOSED.meaning()
                                        + " "
                                        + Code.SESSION_CLOSED.nextMove());
        Refusal refusal = new Refusal(Code.SESSION_CLOSED, text, "by the operator");
        if (!sessions.close(new SessionId(session.id()), refusal)) {
            throw OperatorRefusal.unknown(session.id() + " has ended by itself meanwhile.");
        }
        return Answer.done(
                session.id()
                        + " of "
                        + session.principal()
                        + " is ended. It may log in again; to keep it out: keyhole principal lock\n",
                Map.of("closed", session.id()));
    }
}
