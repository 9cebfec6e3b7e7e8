package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Printable;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code keyhole principal show}: everything that was decided about one principal. */
public final class PrincipalShow implements OperatorVerb {
    private final RosterDesk desk;
    private final Clock clock;

    public PrincipalShow(RosterDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal show";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        return Act.on(name, talk -> show(name));
    }

    private Answer show(PrincipalName name) throws OperatorRefusal {
        Roster roster = desk.now();
        Principal principal = desk.known(name);
        PrincipalView view = PrincipalView.of(principal, roster, clock.instant());
        List<KeyView> keys = roster.keysOf(name).stream().map(KeyView::of).toList();
        List<String> services =
                roster.services().stream()
                        .filter(service -> service.grantees().contains(name))
                        .map(SharedService::name)
                        .map(Object::toString)
                        .toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("principal", view);
        document.put("keys", keys);
        document.put("services", services);
        return Answer.done(text(view, keys, services), document);
    }

    private static String text(PrincipalView view, List<KeyView> keys, List<String> services) {
        StringBuilder text = new StringBuilder();
        line(text, "name", view.name());
        line(text, "role", view.role());
        line(
                text,
                "state",
                view.state()
                        + view.lock()
                                .map(lock -> " since " + lock.since() + ": " + lock.reason())
                                .orElse(""));
        line(text, "shell", view.shell() ? "granted" : "not granted");
        line(text, "OS user", view.osUser().orElse("its own"));
        line(text, "expires", view.expires().map(Instant::toString).orElse("never"));
        line(text, "limits", view.limits().isEmpty() ? "as the config says" : view.limitWords());
        line(text, "shared", services.isEmpty() ? "none" : String.join(", ", services));
        line(text, "stands in", view.origin());
        line(text, "added", view.added().toString());
        return text.append('\n').append(KeyView.table(keys)).toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-10s %s%n", name, Printable.of(value)));
    }
}
