package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.config.DidYouMean;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every verb of an operator, found by name. A request is understood, then on disk, then done. Immutable, therefore
 * thread-safe.
 */
public final class OperatorVerbs {
    private final Map<String, OperatorVerb> verbs = new TreeMap<>();
    private final AuditLog audit;

    public OperatorVerbs(List<OperatorVerb> verbs, AuditLog audit) {
        verbs.forEach(verb -> this.verbs.put(verb.name(), verb));
        this.audit = audit;
    }

    /**
     * Answers one request; whatever is wrong with it is an answer too.
     *
     * @param request its members; {@code verb} names the verb
     * @throws IOException when a stream has no reader any more
     */
    public Answer run(Operator who, Map<String, ?> request, Talk talk)
            throws InterruptedException, IOException {
        try {
            Fields fields = new Fields(request, who.login());
            OperatorVerb verb = verb(fields.needed("verb"));
            Act act = verb.prepare(fields);
            fields.requireNothingElse();
            List<OperatorAct> written = acts(who, verb, act);
            if (verb.audited()) {
                for (OperatorAct one : written) {
                    write(verb.event(one));
                }
            }
            return done(act, talk, verb.audited(), written);
        } catch (OperatorRefusal e) {
            return e.answer();
        }
    }

    private Answer done(Act act, Talk talk, boolean audited, List<OperatorAct> written)
            throws OperatorRefusal, InterruptedException, IOException {
        try {
            return act.deed().run(talk);
        } catch (OperatorRefusal e) {
            if (audited) {
                written.forEach(one ->
                        audit.record(
                                new AuditEvent.OperatorRefused(
                                        one, e.refusal().code(), e.refusal().detail())));
            }
            throw e;
        }
    }

    /** One for each principal that it is about, and one if it is about nobody. */
    private static List<OperatorAct> acts(Operator who, OperatorVerb verb, Act act) {
        List<Optional<PrincipalName>> about =
                act.principals().isEmpty()
                        ? List.of(Optional.empty())
                        : act.principals().stream().map(Optional::of).toList();
        return about.stream()
                .map(principal ->
                        new OperatorAct(
                                who.uid(), who.login(), verb.name(), act.subject(), principal))
                .toList();
    }

    private OperatorVerb verb(String name) throws OperatorRefusal {
        OperatorVerb verb = verbs.get(name);
        if (verb == null) {
            throw OperatorRefusal.usage(
                    "There is no such verb."
                            + DidYouMean.nearest(name, verbs.keySet())
                                    .map(near -> " Did you mean '" + near + "'?")
                                    .orElse("")
                            + " There are: "
                            + String.join(", ", verbs.keySet())
                            + ".");
        }
        return verb;
    }

    private void write(AuditEvent event) throws OperatorRefusal {
        try {
            audit.write(event);
        } catch (AuditUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.AUDIT_UNAVAILABLE,
                    Code.AUDIT_UNAVAILABLE.meaning()
                            + " Nothing was changed. Free disk space, then run it again.");
        }
    }
}
