package dev.keyhole.gateway.access;

/** Proof that a principal may reach a target now. Only {@link Judge#decide} makes one. Immutable. */
public final class Grant implements Decision {
    private final Authenticated holder;
    private final Target target;

    Grant(Authenticated holder, Target target) {
        this.holder = holder;
        this.target = target;
    }

    public Authenticated holder() {
        return holder;
    }

    public Target target() {
        return target;
    }
}
