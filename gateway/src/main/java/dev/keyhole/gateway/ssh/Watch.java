package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every session from time to time: a peer that stopped answering is let go after three unanswered questions
 * (OpenSSH's ClientAlive; MINA has none on the server), within 40 s, and a session ends with its key's expiry.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MOST_UNANSWERED = 3;

    private final Clock clock;

    Watch(Clock clock) {
        this.clock = clock;
    }

    /** Looks once; called every {@link #PERIOD}. Never blocks on a peer. */
    void look(Iterable<DoorSession> sessions) {
        for (DoorSession session : sessions) {
            session.principal().ifPresent(who -> look(session, who));
        }
    }

    private void look(DoorSession session, Authenticated who) {
        if (who.keyExpiry().filter(expiry -> !clock.instant().isBefore(expiry)).isPresent()) {
            session.end(Refusal.of(Code.KEY_EXPIRED, "during the session"));
        } else if (session.unansweredAfterThisLook() >= MOST_UNANSWERED) {
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
