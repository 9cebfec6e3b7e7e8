package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Authority;
import dev.keyhole.gateway.access.KeyType;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code keyhole ca add}: user certificates that this authority signs are accepted from now on. */
public final class CaAdd implements OperatorVerb {
    private final RosterDesk desk;
    private final KeyText keys;
    private final Clock clock;

    public CaAdd(RosterDesk desk, KeyText keys, Clock clock) {
        this.desk = desk;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ca add";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        Problems problems = new Problems();
        String name = fields.needed("name");
        problems.value("NAME", () -> AuthorityView.checkedName(name));
        String file = fields.text("file").orElse("key");
        List<KeyText.Given> given =
                keys.read(file, fields.needed("text"), KeyText.Additions.NONE, problems);
        if (given.size() > 1) {
            problems.key(file + ": it holds " + given.size() + " keys; an authority is one");
        }
        for (KeyText.Given key : given) {
            if (!bare(key.line())) {
                problems.key(
                        file + ": options before an authority's key are not enforced; remove them");
            }
        }
        problems.refuseIfAny();
        Authority authority =
                new Authority(
                        name,
                        given.getFirst().key(),
                        given.getFirst().line(),
                        RosterDesk.moment(clock));
        List<RosterChange> changes = List.of(new RosterChange.AddAuthority(authority));
        desk.requirePossible(changes);
        return Act.on(name, talk -> add(authority, changes));
    }

    private static boolean bare(String line) {
        return Arrays.stream(KeyType.values())
                .anyMatch(type -> line.startsWith(type.sshName() + " "));
    }

    private Answer add(Authority authority, List<RosterChange> changes) throws OperatorRefusal {
        var roster = desk.change(changes);
        return Answer.done(
                "User certificates of "
                        + authority.name()
                        + " ("
                        + authority.fingerprint()
                        + ") are accepted for the principals that they name.\n",
                Map.of("authority", AuthorityView.of(authority, roster)));
    }
}
