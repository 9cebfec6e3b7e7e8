package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.model.Refusal;
import org.apache.sshd.common.SshConstants;

/** A forward does not come about; carries what the client is told. */
final class ForwardRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final int reason;

    private ForwardRefusal(Refusal refusal, int reason) {
        super(refusal.message());
        this.refusal = refusal;
        this.reason = reason;
    }

    /** The answer would be the same tomorrow. */
    static ForwardRefusal byPolicy(Refusal refusal) {
        return new ForwardRefusal(refusal, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED);
    }

    /** It is allowed, but nothing answers now. */
    static ForwardRefusal unreachable(Refusal refusal) {
        return new ForwardRefusal(refusal, SshConstants.SSH_OPEN_CONNECT_FAILED);
    }

    Refusal refusal() {
        return refusal;
    }

    /** The reason code of SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254, section 5.1). */
    int reason() {
        return reason;
    }
}
