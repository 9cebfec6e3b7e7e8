package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code keyhole log [-n EVENTS]}: the audit's latest events about the asking principal, and nobody else. */
public final class LogVerb implements Verb {
    private static final int MOST_EVENTS = 500;

    private final AuditLog audit;

    public LogVerb(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String summary() {
        return "log [-n EVENTS]: every access to your account and workspace, also an operator's";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws UsageError {
        List<String> events =
                audit.latest(who.principal(), arguments.number("-n", 20, MOST_EVENTS));
        String text =
                events.stream().map(line -> LogLine.of(line) + "\n").collect(Collectors.joining());
        return Answer.done(text, Map.of("events", events.stream().map(Json.Raw::new).toList()));
    }
}
