package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/**
 * {@code keyhole audit checkpoint}: where the audit ends now, signed, to be kept elsewhere. That it was asked for is
 * itself the last event that it vouches for.
 */
public final class AuditCheckpoint implements OperatorVerb {
    /** Where checkpoints come from. */
    public interface Signer {
        /** A signed note, also on disk. */
        String checkpoint() throws AuditUnavailable;
    }

    private final Signer signer;

    public AuditCheckpoint(Signer signer) {
        this.signer = signer;
    }

    @Override
    public String name() {
        return "audit checkpoint";
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("audit", talk -> sign());
    }

    private Answer sign() throws OperatorRefusal {
        try {
            String note = signer.checkpoint();
            return Answer.done(note, Map.of("checkpoint", note));
        } catch (AuditUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.AUDIT_UNAVAILABLE,
                    e.getMessage() + " Free disk space, then run it again.");
        }
    }
}
