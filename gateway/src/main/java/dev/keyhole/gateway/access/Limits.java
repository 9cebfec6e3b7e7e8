package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.function.Supplier;

/**
 * What each principal may have open, asked anew at each decision, so that a change of an operator counts at once.
 *
 * <p>Thread-safe; it never blocks.
 */
public final class Limits {
    private final Supplier<Roster> roster;
    private final Allowance usual;

    /** @param usual for whoever has no limits of its own */
    public Limits(Supplier<Roster> roster, Allowance usual) {
        this.roster = roster;
        this.usual = usual;
    }

    /** What holds for it now; nothing at all for somebody who is not known any more. */
    public Allowance of(PrincipalName name) {
        return roster.get()
                .principal(name)
                .map(principal -> usual.with(principal.limits()))
                .orElse(Allowance.NOTHING);
    }
}
