package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every verb of {@code ssh HOST keyhole VERB}, found by name. Immutable, therefore thread-safe. */
public final class MemberVerbs {
    private final Map<String, Verb> verbs = new LinkedHashMap<>();
    private final AuditLog audit;

    public MemberVerbs(List<Verb> verbs, AuditLog audit) {
        this.audit = audit;
        verbs.forEach(verb -> this.verbs.put(verb.name(), verb));
        Verb help = new HelpVerb(List.copyOf(this.verbs.values()));
        this.verbs.put(help.name(), help);
    }

    /** A verb and its arguments, understood and not yet run. */
    public final class Call {
        private final Verb verb;
        private final Arguments arguments;

        private Call(Verb verb, Arguments arguments) {
            this.verb = verb;
            this.arguments = arguments;
        }

        public String name() {
            return verb.name();
        }

        public boolean json() {
            return arguments.json();
        }

        /** Runs it; a usage error becomes an answer with exit status 2. */
        public Answer run(Authenticated who) throws InterruptedException {
            try {
                writeDown(who);
                return verb.run(who, arguments);
            } catch (AuditUnavailable e) {
                Refusal refusal = Refusal.of(Code.AUDIT_UNAVAILABLE, e.getMessage());
                return new Answer(
                        ExitStatus.REFUSED,
                        refusal.message() + "\n",
                        Map.of("code", refusal.code()));
            } catch (UsageError e) {
                String text = "keyhole " + verb.name() + ": " + e.getMessage() + "\n";
                return new Answer(ExitStatus.USAGE, text, Map.of("error", e.getMessage()));
            }
        }

        private void writeDown(Authenticated who) throws AuditUnavailable {
            AuditEvent event = new AuditEvent.VerbRun(who.actor(), verb.name());
            if (verb.changes()) {
                audit.write(event);
            } else {
                audit.record(event);
            }
        }
    }

    /** Writes down that somebody looks at the status page, which is no verb but shows what verbs show. */
    public void noteStatusPage(Authenticated who) {
        audit.record(new AuditEvent.VerbRun(who.actor(), "page"));
    }

    /**
     * Finds the verb of a command line without its leading {@code keyhole}.
     *
     * @throws UsageError when there is no such verb; the message names what there is
     */
    public Call call(String commandLine) throws UsageError {
        Arguments words = Arguments.parse(commandLine);
        String name = words.word(0).orElse("help");
        Verb verb = verbs.get(name);
        if (verb == null) {
            throw new UsageError(
                    "There is no verb '"
                            + name
                            + "'. There are: "
                            + String.join(", ", verbs.keySet()));
        }
        return new Call(verb, words.from(1));
    }
}
