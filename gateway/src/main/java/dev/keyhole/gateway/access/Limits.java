package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What each principal may have open, asked anew at each decision, so that a change of an operator counts at once.
 *
 * <p>Thread-safe; it never blocks. A forward asks for each piece of bytes, so answers are remembered for as long as the
 * roster is the same object.
 */
public final class Limits {
    private record Answers(Roster roster, Map<PrincipalName, Allowance> known) {}

    private final Supplier<Roster> roster;
    private final Allowance usual;
    private volatile Answers answers = new Answers(Roster.EMPTY, new ConcurrentHashMap<>());

    /** @param usual for whoever has no limits of its own */
    public Limits(Supplier<Roster> roster, Allowance usual) {
        this.roster = roster;
        this.usual = usual;
    }

    /** What holds for it now; nothing at all for somebody who is not known any more. */
    public Allowance of(PrincipalName name) {
        Roster now = roster.get();
        Answers remembered = answers;
        if (remembered.roster() != now) {
            remembered = new Answers(now, new ConcurrentHashMap<>());
            answers = remembered;
        }
        Allowance known = remembered.known().get(name);
        if (known == null) {
            known = judge(now, name);
            remembered.known().put(name, known);
        }
        return known;
    }

    private Allowance judge(Roster now, PrincipalName name) {
        return now.principal(name)
                .map(principal -> usual.with(principal.limits()))
                .orElse(Allowance.NOTHING);
    }
}
