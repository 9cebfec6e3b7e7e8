package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.RosterProblem;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where verbs look at and change who is known; what is not possible becomes a refusal. Thread-safe. */
public final class RosterDesk {
    private final Principals principals;

    public RosterDesk(Principals principals) {
        this.principals = principals;
    }

    /** Now, as it is kept: nobody decides by fractions of a second. */
    static Instant moment(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Roster now() {
        return principals.now();
    }

    /** All of it or nothing, on disk when it returns. */
    Roster change(List<RosterChange> changes) throws OperatorRefusal {
        try {
            return principals.change(changes);
        } catch (RosterProblem e) {
            throw impossible(e);
        } catch (StoreUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    e.getMessage() + " Nothing was changed. " + Code.STORE_UNAVAILABLE.nextMove());
        }
    }

    /** Whether it would be possible now; nothing is changed. */
    void requirePossible(List<RosterChange> changes) throws OperatorRefusal {
        try {
            principals.now().with(changes);
        } catch (RosterProblem e) {
            throw impossible(e);
        }
    }

    private static OperatorRefusal impossible(RosterProblem e) {
        return OperatorRefusal.of(
                ExitStatus.REFUSED, Code.CHANGE_REFUSED, e.getMessage() + " Nothing was changed.");
    }

    /** The principal that a request names in {@code name}. */
    Principal named(Fields fields) throws OperatorRefusal {
        String name = fields.needed("name");
        try {
            return known(new PrincipalName(name));
        } catch (IllegalArgumentException e) {
            throw OperatorRefusal.of(ExitStatus.USAGE, Code.INPUT_INVALID, e.getMessage() + ".");
        }
    }

    Principal known(PrincipalName name) throws OperatorRefusal {
        return now().principal(name)
                .orElseThrow(() ->
                        OperatorRefusal.unknown(
                                "There is no principal "
                                        + name
                                        + "; see `keyhole principal list`."));
    }
}
