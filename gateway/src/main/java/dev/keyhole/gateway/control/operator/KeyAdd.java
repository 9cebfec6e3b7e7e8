package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code keyhole key add}: one more key for a principal, or all of an {@code authorized_keys} file. */
public final class KeyAdd implements OperatorVerb {
    private final RosterDesk desk;
    private final KeyText keys;
    private final ServiceNames services;
    private final PrincipalWords words;
    private final Clock clock;

    public KeyAdd(
            RosterDesk desk,
            KeyText keys,
            ServiceNames services,
            PrincipalWords words,
            Clock clock) {
        this.desk = desk;
        this.keys = keys;
        this.services = services;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "key add";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName owner = desk.named(fields).name();
        Problems problems = new Problems();
        KeyText.Additions additions = KeyText.additions(fields, words.moment(), problems);
        Optional<Set<ServiceName>> permitted = permitted(fields, problems);
        List<KeyText.Given> given =
                keys.read(
                        fields.text("file").orElse("key"),
                        fields.needed("text"),
                        additions,
                        problems);
        problems.refuseIfAny();
        List<RosterChange> changes = new ArrayList<>();
        for (KeyText.Given key : given) {
            changes.add(
                    new RosterChange.AddKey(
                            new EnrolledKey(
                                    owner,
                                    key.key(),
                                    key.line(),
                                    permitted,
                                    Origin.STORE,
                                    RosterDesk.moment(clock))));
        }
        desk.requirePossible(changes);
        return Act.on(owner, talk -> add(owner, given, changes));
    }

    private Optional<Set<ServiceName>> permitted(Fields fields, Problems problems)
            throws OperatorRefusal {
        List<String> names = fields.texts("services");
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Set<ServiceName> permitted = new TreeSet<>();
        for (String name : names) {
            services.known(name)
                    .ifPresentOrElse(
                            permitted::add,
                            () ->
                                    problems.value(
                                            "--services: there is no service '"
                                                    + name
                                                    + "'; there are "
                                                    + services.describe()));
        }
        return Optional.of(permitted);
    }

    private Answer add(PrincipalName owner, List<KeyText.Given> given, List<RosterChange> changes)
            throws OperatorRefusal {
        var roster = desk.change(changes);
        List<KeyView> views =
                given.stream()
                        .flatMap(key -> roster.key(key.key().fingerprint()).stream())
                        .map(KeyView::of)
                        .toList();
        StringBuilder text = new StringBuilder();
        views.forEach(view -> text.append(owner + " may log in with " + view.fingerprint() + "\n"));
        return Answer.done(text.toString(), Map.of("keys", views));
    }
}
