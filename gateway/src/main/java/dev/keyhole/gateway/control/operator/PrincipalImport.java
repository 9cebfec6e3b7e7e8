package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code keyhole principal import}: a class from CSV, or somebody's {@code authorized_keys}. It is a plan first; all of it
 * happens or nothing, and the same file a second time changes nothing.
 */
public final class PrincipalImport implements OperatorVerb {
    private final RosterDesk desk;
    private final KeyText keys;
    private final Environments environments;
    private final PrincipalWords words;
    private final Clock clock;

    public PrincipalImport(
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
        return "principal import";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        boolean dryRun = fields.flag("dryRun");
        boolean prepare = fields.flag("prepare");
        String file = fields.text("file").orElse("import");
        Problems problems = new Problems();
        List<ImportRow> rows = rows(fields, file, problems);
        ImportPlan plan = new ImportPlan(desk.now(), RosterDesk.moment(clock), problems);
        plan.plan(rows);
        problems.refuseIfAny();
        desk.requirePossible(plan.changes());
        if (!plan.added().isEmpty() && !environments.separate()) {
            throw OperatorRefusal.of(ExitStatus.REFUSED, Code.SHARED_OS_USER);
        }
        return new Act(
                file + (dryRun ? " (dry run)" : ""),
                dryRun ? List.of() : plan.touched(),
                talk ->
                        dryRun || plan.changes().isEmpty()
                                ? answer(plan, dryRun)
                                : carryOut(plan, prepare, talk));
    }

    private List<ImportRow> rows(Fields fields, String file, Problems problems)
            throws OperatorRefusal {
        Optional<String> as = fields.text("as");
        String text = fields.needed("text");
        if (as.isEmpty()) {
            return new ImportTable(file, keys, words.moment(), problems).read(text);
        }
        PrincipalName name = problems.value("--as", () -> new PrincipalName(as.get()));
        List<KeyText.Given> given = keys.read(file, text, KeyText.Additions.NONE, problems);
        return name == null ? List.of() : List.of(ImportRow.keysOnly(file, name, given));
    }

    private Answer carryOut(ImportPlan plan, boolean prepare, Talk talk) throws OperatorRefusal {
        if (prepare) {
            int done = 0;
            for (Principal newcomer : plan.added()) {
                talk.progress(
                        "preparing "
                                + newcomer.name()
                                + " ("
                                + ++done
                                + " of "
                                + plan.added().size()
                                + ")");
                try {
                    environments.prepare(newcomer.name());
                } catch (LaunchFailure e) {
                    throw OperatorRefusal.of(
                            ExitStatus.FAILED,
                            Code.ENVIRONMENT_FAILED,
                            newcomer.name()
                                    + ": "
                                    + e.getMessage()
                                    + " Nobody was added or changed; what was prepared so far is used by the next try.");
                }
            }
        }
        boolean anyLoginBefore = desk.now().anyLogin();
        boolean loginsCount = !desk.change(plan.changes()).anyLogin() && anyLoginBefore;
        for (Principal principal : plan.limited()) {
            try {
                environments.limit(principal.name(), principal.limits());
            } catch (LaunchFailure e) {
                throw OperatorRefusal.of(
                        ExitStatus.FAILED,
                        Code.ENVIRONMENT_FAILED,
                        "Everybody is imported, but the limits of "
                                + principal.name()
                                + " are not in force yet: "
                                + e.getMessage()
                                + " They are from its workspace's next start.");
            }
        }
        Answer answer = answer(plan, false);
        return loginsCount
                ? Answer.done(answer.text() + PrincipalAdd.LOGINS_COUNT, answer.document())
                : answer;
    }

    private static Answer answer(ImportPlan plan, boolean dryRun) {
        StringBuilder text = new StringBuilder();
        for (ImportPlan.Entry entry : plan.entries()) {
            text.append(
                    String.format(
                                    "%-7s %-24s %s",
                                    entry.does(), entry.name(), String.join(", ", entry.what()))
                            .stripTrailing());
            text.append('\n');
        }
        long added = count(plan, "add");
        long changed = count(plan, "change");
        long same = count(plan, "same");
        text.append(added + " added, " + changed + " changed, " + same + " unchanged.");
        text.append(dryRun ? " This was a dry run: nothing was changed.\n" : "\n");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("dryRun", dryRun);
        document.put("added", added);
        document.put("changed", changed);
        document.put("unchanged", same);
        document.put("principals", plan.entries());
        return Answer.done(text.toString(), document);
    }

    private static long count(ImportPlan plan, String does) {
        return plan.entries().stream().filter(entry -> entry.does().equals(does)).count();
    }
}
