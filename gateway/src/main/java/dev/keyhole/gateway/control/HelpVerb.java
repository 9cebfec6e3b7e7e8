package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code keyhole help}: the verbs, a line each. */
final class HelpVerb implements Verb {
    private final List<Verb> verbs;

    HelpVerb(List<Verb> verbs) {
        this.verbs = verbs;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "this list";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) {
        StringBuilder text = new StringBuilder("ssh HOST keyhole VERB [--json]\n\n");
        Map<String, String> document = new LinkedHashMap<>();
        for (Verb verb : verbs) {
            text.append(String.format("  %-9s %s%n", verb.name(), verb.summary()));
            document.put(verb.name(), verb.summary());
        }
        text.append(String.format("  %-9s %s%n", name(), summary()));
        document.put(name(), summary());
        return Answer.done(text.toString(), Map.of("verbs", document));
    }
}
