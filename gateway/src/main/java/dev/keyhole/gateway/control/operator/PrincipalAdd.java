package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.KeyRing;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole principal add}: somebody new, with keys, and with an OS user and an environment of its own. */
public final class PrincipalAdd implements OperatorVerb {
    /** What crossing from one principal to several changes for everybody. */
    static final String LOGINS_COUNT =
            "There are several principals now, so a login must name its own principal, or "
                    + KeyRing.SHARED_LOGIN
                    + "; other login names no longer work.\n";

    private final RosterDesk desk;
    private final KeyText keys;
    private final Environments environments;
    private final PrincipalWords words;
    private final Clock clock;

    public PrincipalAdd(
            RosterDesk desk,
            KeyText keys,
            Environments environments,
            PrincipalWords words,
            Clock clock) {
        this.desk = desk;
        this.keys = keys;
        this.environments = environments;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal add";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        Problems problems = new Problems();
        PrincipalName name = problems.value("NAME", parse(fields.needed("name")));
        Principal wanted =
                words.apply(
                        Principal.member(
                                name == null ? new PrincipalName("x") : name,
                                Origin.STORE,
                                RosterDesk.moment(clock)),
                        fields,
                        problems);
        List<KeyText.Given> given = new ArrayList<>();
        for (Fields file : fields.objects("keys")) {
            given.addAll(
                    keys.read(
                            file.text("file").orElse("key"),
                            file.needed("text"),
                            KeyText.Additions.NONE,
                            problems));
        }
        problems.refuseIfAny();
        List<RosterChange> changes = changes(wanted, given);
        desk.requirePossible(changes);
        requireOwnOsUser();
        return Act.on(wanted.name(), talk -> add(wanted, changes, talk));
    }

    private static java.util.function.Supplier<PrincipalName> parse(String name) {
        return () -> new PrincipalName(name);
    }

    private List<RosterChange> changes(Principal wanted, List<KeyText.Given> given) {
        Instant now = RosterDesk.moment(clock);
        List<RosterChange> changes = new ArrayList<>();
        changes.add(new RosterChange.AddPrincipal(wanted));
        for (KeyText.Given key : given) {
            changes.add(
                    new RosterChange.AddKey(
                            new EnrolledKey(
                                    wanted.name(),
                                    key.key(),
                                    key.line(),
                                    Optional.empty(),
                                    Origin.STORE,
                                    now)));
        }
        return changes;
    }

    /** Without OS users of their own, the newcomer's code could read and signal everybody else's. */
    private void requireOwnOsUser() throws OperatorRefusal {
        if (!environments.separate()) {
            throw OperatorRefusal.of(ExitStatus.REFUSED, Code.SHARED_OS_USER);
        }
    }

    private Answer add(Principal wanted, List<RosterChange> changes, Talk talk)
            throws OperatorRefusal {
        Roster before = desk.now();
        try {
            talk.progress(
                    "making the OS user and the notebook of "
                            + wanted.name()
                            + "; the first time this may take minutes");
            environments.prepare(wanted.name());
            environments.limit(wanted.name(), wanted.limits());
        } catch (LaunchFailure e) {
            throw failed(wanted.name(), e);
        }
        Roster after = desk.change(changes);
        int keyCount = changes.size() - 1;
        StringBuilder text =
                new StringBuilder(wanted.name().value())
                        .append(" is added with ")
                        .append(
                                keyCount == 0
                                        ? "no key"
                                        : keyCount == 1 ? "one key" : keyCount + " keys")
                        .append(".\n");
        if (keyCount == 0) {
            text.append(
                    "Without a key it cannot log in; add one: keyhole key add "
                            + wanted.name()
                            + " FILE\n");
        }
        if (before.anyLogin()) {
            text.append(LOGINS_COUNT);
        }
        return Answer.done(
                text.toString(),
                Map.of("principal", PrincipalView.of(wanted, after, RosterDesk.moment(clock))));
    }

    private static OperatorRefusal failed(PrincipalName name, LaunchFailure e) {
        return OperatorRefusal.of(
                ExitStatus.FAILED,
                Code.ENVIRONMENT_FAILED,
                String.join("\n", e.lastLog())
                        + (e.lastLog().isEmpty() ? "" : "\n")
                        + e.getMessage()
                        + "\n"
                        + name
                        + " was not added. What was made for it so far is used by the next try: run the same command again.");
    }
}
