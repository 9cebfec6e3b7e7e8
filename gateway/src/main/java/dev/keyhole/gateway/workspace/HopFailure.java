package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.Refusal;

/** What was wanted of another SSH server does not come about; the refusal says why and what to do. */
public final class HopFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final boolean byPolicy;

    private HopFailure(Refusal refusal, boolean byPolicy) {
        super(refusal.message());
        this.refusal = refusal;
        this.byPolicy = byPolicy;
    }

    /** The answer would be the same tomorrow. */
    public static HopFailure byPolicy(Refusal refusal) {
        return new HopFailure(refusal, true);
    }

    /** It may come about later. */
    public static HopFailure of(Refusal refusal) {
        return new HopFailure(refusal, false);
    }

    /** The same once more, for somebody else who waited for it. */
    public HopFailure again() {
        return new HopFailure(refusal, byPolicy);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Whether the host will always refuse it. */
    public boolean isByPolicy() {
        return byPolicy;
    }
}
