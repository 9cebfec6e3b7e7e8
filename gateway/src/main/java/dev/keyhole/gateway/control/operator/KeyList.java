package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.control.Answer;
import java.util.List;
import java.util.Map;

/** {@code keyhole key list}: the keys of one principal, or of all. */
public final class KeyList implements OperatorVerb {
    private final RosterDesk desk;

    public KeyList(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "key list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        if (fields.text("name").isEmpty()) {
            return Act.on("everybody", talk -> list(desk.now(), desk.now().principals()));
        }
        Principal one = desk.named(fields);
        return Act.on(one.name(), talk -> list(desk.now(), List.of(one)));
    }

    private static Answer list(Roster roster, List<Principal> principals) {
        List<KeyView> views =
                principals.stream()
                        .flatMap(principal -> roster.keysOf(principal.name()).stream())
                        .map(KeyView::of)
                        .toList();
        return Answer.done(KeyView.table(views), Map.of("keys", views));
    }
}
