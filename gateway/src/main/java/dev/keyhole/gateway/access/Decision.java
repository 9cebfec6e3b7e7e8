package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Refusal;

/** The judge's answer to a forward. */
public sealed interface Decision permits Grant, Decision.Denial {
    /** A reasoned no. */
    record Denial(Refusal refusal) implements Decision {}
}
