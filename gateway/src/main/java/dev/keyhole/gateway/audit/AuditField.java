package dev.keyhole.gateway.audit;

import java.util.Locale;

/** The fields that the audit can be searched by, besides time and address. */
public enum AuditField {
    PRINCIPAL("user.name"),
    KEY("keyhole.key.fingerprint"),
    SERVICE("service.name"),
    CODE("event.reason"),
    ACTION("event.action"),
    OUTCOME("event.outcome"),
    SESSION("keyhole.session");

    private final String ecs;

    AuditField(String ecs) {
        this.ecs = ecs;
    }

    /** Its name in an event. */
    public String ecs() {
        return ecs;
    }

    /** Its name in requests, options and the index. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
