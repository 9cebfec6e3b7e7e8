package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is written, in order. */
final class RecordingAudit implements AuditLog {
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void write(AuditEvent event) {
        events.add(event);
    }

    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public List<String> latest(PrincipalName principal, int limit) {
        return List.of();
    }

    List<String> actions() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
