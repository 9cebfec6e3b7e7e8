package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code keyhole principal set}: another role, shell or not, other limits, another end. */
public final class PrincipalSet implements OperatorVerb {
    private final RosterDesk desk;
    private final Environments environments;
    private final PrincipalWords words;
    private final Clock clock;

    public PrincipalSet(
            RosterDesk desk, Environments environments, PrincipalWords words, Clock clock) {
        this.desk = desk;
        this.environments = environments;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal set";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        Principal before = desk.named(fields);
        Problems problems = new Problems();
        Principal after = words.apply(before, fields, problems);
        problems.refuseIfAny();
        if (!after.osUser().equals(before.osUser())) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.CHANGE_REFUSED,
                    "The OS user of a principal never changes, because its files are that user's. Remove "
                            + before.name()
                            + " and add it again.");
        }
        if (after.equals(before)) {
            throw OperatorRefusal.usage(
                    "Nothing would change. Name what to set: --role, --shell, --no-shell, --expires, --limit.");
        }
        return Act.on(before.name(), talk -> set(before, after));
    }

    private Answer set(Principal before, Principal after) throws OperatorRefusal {
        PrincipalName name = before.name();
        // What somebody else decided meanwhile, such as a lock, stays.
        Principal merged =
                desk.known(name)
                        .withRole(after.role())
                        .withShell(after.shell())
                        .withExpiry(after.expiry())
                        .withLimits(after.limits());
        var roster = desk.change(List.of(new RosterChange.ReplacePrincipal(merged)));
        if (!after.limits().equals(before.limits())) {
            putInForce(merged);
        }
        PrincipalView view = PrincipalView.of(merged, roster, clock.instant());
        return Answer.done(name + " is changed.\n", Map.of("principal", view));
    }

    /** The roster has them already: what cannot be put in force now holds from the workspace's next start. */
    private void putInForce(Principal principal) throws OperatorRefusal {
        try {
            environments.limit(principal.name(), principal.limits());
        } catch (LaunchFailure e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.ENVIRONMENT_FAILED,
                    principal.name()
                            + " is changed, but its running workspace does not have the new limits yet: "
                            + e.getMessage()
                            + " Restart it with `keyhole workspace restart "
                            + principal.name()
                            + "`.");
        }
    }
}
