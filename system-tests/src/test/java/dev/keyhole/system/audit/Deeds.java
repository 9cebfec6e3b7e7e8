package dev.keyhole.system.audit;

import static dev.keyhole.system.audit.Deed.trace;

import dev.keyhole.system.Door;
import java.util.ArrayList;
import java.util.List;

/** What strangers, members and operators do at a door, one after the other, and what it must write about each. */
final class Deeds {
    private final Door door;
    private final ArrivalDeeds arrivals;
    private final MemberDeeds members;
    private final OperatorDeeds operators;

    Deeds(Door door) {
        this.door = door;
        Hands hands = new Hands(door);
        this.arrivals = new ArrivalDeeds(hands);
        this.members = new MemberDeeds(hands, arrivals.notebookOnly(), arrivals.noForwards());
        this.operators = new OperatorDeeds(hands);
    }

    List<Deed> all() {
        List<Deed> all = new ArrayList<>();
        all.add(Deed.of("the door is opened", () -> {}, trace("door-started")));
        all.addAll(arrivals.logins());
        all.addAll(arrivals.people());
        all.addAll(members.forwards());
        all.addAll(members.requests());
        all.addAll(members.workspace());
        all.addAll(members.commands());
        all.addAll(operators.operator());
        all.addAll(arrivals.sessions());
        all.add(
                Deed.of(
                        "the door is closed",
                        door::stop,
                        trace("door-stopped", "event.outcome", "success")));
        return all;
    }

    /** Ends what the script left, should it have stopped half way. */
    void end() {
        arrivals.end();
    }
}
