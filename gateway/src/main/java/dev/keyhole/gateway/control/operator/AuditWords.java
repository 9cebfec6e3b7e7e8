package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditField;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Reads what an operator wants to see of the audit. Immutable. */
public final class AuditWords {
    static final long MOST_EVENTS = 10_000;
    private static final long USUAL_EVENTS = 100;
    private static final Pattern PSEUDONYM = Pattern.compile("p-[0-9a-f]{16}");

    /**
     * A query that was understood.
     *
     * @param asked as the operator put it, for the audit
     * @param principals whom it names, so that they can see that they were looked at
     */
    record Asked(AuditQuery query, String asked, List<PrincipalName> principals) {}

    private final Moment moment;

    public AuditWords(Clock clock, ZoneId zone) {
        this.moment = new Moment(clock, zone);
    }

    Asked read(Fields fields) throws OperatorRefusal {
        Problems problems = new Problems();
        StringJoiner asked = new StringJoiner(" ");
        AuditQuery query = AuditQuery.newest((int) limit(fields));
        for (AuditField field : AuditField.values()) {
            Set<String> wanted = new LinkedHashSet<>(fields.texts(field.word()));
            if (!wanted.isEmpty()) {
                query =
                        query.with(
                                field, field == AuditField.PRINCIPAL ? withErased(wanted) : wanted);
                asked.add("--" + field.word() + " " + String.join(",", wanted));
            }
        }
        Optional<String> source = fields.text("source");
        if (source.isPresent()) {
            AddressBlock block = problems.value("--source", () -> AddressBlock.parse(source.get()));
            query = block == null ? query : query.from(block);
            asked.add("--source " + source.get());
        }
        query =
                query.between(
                        time("since", fields, problems, asked),
                        time("until", fields, problems, asked));
        Optional<Instant> openAt = time("openAt", fields, problems, asked);
        query = openAt.isPresent() ? query.openAt(openAt.get()) : query;
        List<PrincipalName> principals = named(query, problems);
        problems.refuseIfAny();
        return new Asked(query, asked.length() == 0 ? "everything" : asked.toString(), principals);
    }

    /** What stands for an erased person is found with its tilde and, for the shell's sake, without. */
    private static Set<String> withErased(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        names.stream().filter(PSEUDONYM.asMatchPredicate()).forEach(name -> all.add("~" + name));
        return all;
    }

    /** A moment that a request names. */
    Optional<Instant> time(String name, Fields fields, Problems problems, StringJoiner asked)
            throws OperatorRefusal {
        Optional<String> text = fields.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String option = name.equals("openAt") ? "--open-at" : "--" + name;
        asked.add(option + " " + text.get());
        return Optional.ofNullable(problems.value(option, () -> moment.past(text.get())));
    }

    private static long limit(Fields fields) throws OperatorRefusal {
        long limit = fields.number("limit").orElse(USUAL_EVENTS);
        if (limit < 1 || limit > MOST_EVENTS) {
            throw OperatorRefusal.usage("--limit takes a number from 1 to " + MOST_EVENTS + ".");
        }
        return limit;
    }

    private static List<PrincipalName> named(AuditQuery query, Problems problems) {
        List<PrincipalName> named = new ArrayList<>();
        for (String name : query.fields().getOrDefault(AuditField.PRINCIPAL, Set.of())) {
            if (name.startsWith("~") && PSEUDONYM.matcher(name.substring(1)).matches()) {
                continue;
            }
            PrincipalName principal = problems.value("--principal", () -> new PrincipalName(name));
            if (principal != null) {
                named.add(principal);
            }
        }
        return named;
    }

    static OperatorRefusal unreadable(AuditUnreadable e) {
        return OperatorRefusal.of(
                ExitStatus.FAILED,
                Code.AUDIT_UNREADABLE,
                e.getMessage() + ". " + Code.AUDIT_UNREADABLE.nextMove());
    }
}
