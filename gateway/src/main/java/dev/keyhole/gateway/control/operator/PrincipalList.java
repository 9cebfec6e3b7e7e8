package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.control.Answer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code keyhole principal list}: everybody who is known. */
public final class PrincipalList implements OperatorVerb {
    private final RosterDesk desk;
    private final Clock clock;

    public PrincipalList(RosterDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("everybody", talk -> list());
    }

    private Answer list() {
        Roster roster = desk.now();
        Instant now = clock.instant();
        List<PrincipalView> views =
                roster.principals().stream()
                        .map(principal -> PrincipalView.of(principal, roster, now))
                        .toList();
        Table table =
                new Table("NAME", "ROLE", "STATE", "KEYS", "SHELL", "EXPIRES", "LIMITS", "FROM");
        for (PrincipalView view : views) {
            table.row(
                    view.name(),
                    view.role(),
                    view.state(),
                    view.keys(),
                    view.shell() ? "yes" : "no",
                    view.expires().map(Instant::toString).orElse("never"),
                    view.limitWords(),
                    view.origin());
        }
        return Answer.done(table.orElse("There are no principals."), Map.of("principals", views));
    }
}
