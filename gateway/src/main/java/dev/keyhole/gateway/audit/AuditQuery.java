package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.AddressBlock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which events somebody wants to see. Every part narrows it. Immutable.
 *
 * @param fields one of these values each
 * @param since the first moment
 * @param until the first moment after
 * @param openAt logins whose session was open at that moment
 * @param after only events behind that number, oldest first; without it the newest events are taken
 * @param limit how many at most
 */
public record AuditQuery(
        Map<AuditField, Set<String>> fields,
        Optional<AddressBlock> source,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Instant> openAt,
        OptionalLong after,
        int limit) {
    public AuditQuery {
        fields = Map.copyOf(fields);
    }

    /** The newest events, whatever they are. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                limit);
    }

    public AuditQuery with(AuditField field, Set<String> values) {
        Map<AuditField, Set<String>> more = new EnumMap<>(AuditField.class);
        more.putAll(fields);
        more.put(field, Set.copyOf(values));
        return new AuditQuery(more, source, since, until, openAt, after, limit);
    }

    public AuditQuery from(AddressBlock block) {
        return new AuditQuery(fields, Optional.of(block), since, until, openAt, after, limit);
    }

    public AuditQuery between(Optional<Instant> first, Optional<Instant> end) {
        return new AuditQuery(fields, source, first, end, openAt, after, limit);
    }

    public AuditQuery openAt(Instant moment) {
        return new AuditQuery(fields, source, since, until, Optional.of(moment), after, limit);
    }

    public AuditQuery after(long sequence) {
        return new AuditQuery(
                fields, source, since, until, openAt, OptionalLong.of(sequence), limit);
    }
}
