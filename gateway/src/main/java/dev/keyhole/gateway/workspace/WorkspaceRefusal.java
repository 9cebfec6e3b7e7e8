package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.Refusal;

/** A workspace does not give what was asked; the refusal says why and what to do. */
public final class WorkspaceRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public WorkspaceRefusal(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
