package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.access.Target;

/** What a forward reaches, as coarse as numbers may be: the name of a shared service could name a person. */
public enum ForwardKind {
    SERVICE("service"),
    OWN_LOOPBACK("own-loopback"),
    SHARED("shared"),
    /** The door's own numbers. */
    METRICS("metrics");

    private final String word;

    ForwardKind(String word) {
        this.word = word;
    }

    public static ForwardKind of(Target target) {
        return switch (target) {
            case Target.Service service -> SERVICE;
            case Target.OwnLoopback own -> OWN_LOOPBACK;
            case Target.Shared shared -> SHARED;
            case Target.Metrics metrics -> METRICS;
        };
    }

    /** For lists and labels. */
    public String word() {
        return word;
    }
}
