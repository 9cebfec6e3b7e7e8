package dev.keyhole.gateway.audit;

import java.util.Optional;

/**
 * What {@link AuditVerification} found.
 *
 * @param chain the id of the chain
 * @param first the first event that is there; 0 when there is none
 * @param last the last event that is in order
 * @param checkpoints how many signatures were right
 * @param unfinished whether half a line follows the last event: it is being written, or a crash left it
 * @param broken where the audit is not what was written
 */
public record AuditVerdict(
        String chain,
        long first,
        long last,
        long checkpoints,
        boolean unfinished,
        Optional<Break> broken) {
    /**
     * Where it is wrong.
     *
     * @param sequence of the first event that is not right; 0 when a signature is wrong
     */
    public record Break(long sequence, String what) {}
}
