package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Judge;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every session from time to time: a peer that stopped answering is let go after three unanswered questions
 * (OpenSSH's ClientAlive; MINA has none on the server), within 40 s; one whose principal, key or certificate may not be
 * here any more ends within a second or two (F8, E29 of the security bar), and so does one that nobody uses.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MOST_UNANSWERED = 3;

    /** How soon a session ends after an operator's change or an expiry: well below the 5 s that are promised. */
    static final Duration JUDGE_PERIOD = Duration.ofSeconds(1);

    private final Judge judge;
    private final Duration unusedAfter;

    /** @param unusedAfter how long a session may be without any channel */
    Watch(Judge judge, Duration unusedAfter) {
        this.judge = judge;
        this.unusedAfter = unusedAfter;
    }

    /** Judges every session again; called after each change of the roster and every {@link #JUDGE_PERIOD}. */
    void judge(Iterable<DoorSession> sessions) {
        for (DoorSession session : sessions) {
            if (session.ending().isEmpty()) {
                session.principal().flatMap(who -> refusal(session, who)).ifPresent(session::end);
            }
        }
    }

    private Optional<Refusal> refusal(DoorSession session, Authenticated who) {
        return judge.standing(who).or(() -> unused(session));
    }

    private Optional<Refusal> unused(DoorSession session) {
        return session.unusedFor().compareTo(unusedAfter) < 0
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Code.SESSION_UNUSED,
                                "no channel for " + unusedAfter.toSeconds() + " s"));
    }

    /** Looks once; called every {@link #PERIOD}. Never blocks on a peer. */
    void look(Iterable<DoorSession> sessions) {
        for (DoorSession session : sessions) {
            session.principal().ifPresent(who -> look(session));
        }
    }

    private static void look(DoorSession session) {
        if (session.unansweredAfterThisLook() >= MOST_UNANSWERED) {
            session.end(Refusal.of(Code.IDLE_PEER, MOST_UNANSWERED + " questions unanswered"));
        } else if (session.getKexState() == KexState.DONE) {
            ask(session, () -> {});
        }
    }

    /** Asks whether anybody is there; any answer will do, and {@link DoorSession} notes that it came. */
    static void ask(DoorSession session, Runnable onAnswer) {
        try {
            Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, 64);
            question.putString("keepalive@openssh.com");
            question.putBoolean(true);
            session.request(question, "keepalive@openssh.com", (code, answer) -> onAnswer.run());
        } catch (IOException e) {
            LOG.debug("{} is going away", session.arrival().session());
        }
    }
}
