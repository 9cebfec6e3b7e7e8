package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.model.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an operator may set about a principal: role, shell, OS user, expiry, limits. Immutable. */
public final class PrincipalWords {
    private static final String NEVER = "never";

    private final Moment moment;

    public PrincipalWords(java.time.Clock clock, java.time.ZoneId zone) {
        this.moment = new Moment(clock, zone);
    }

    Moment moment() {
        return moment;
    }

    /** The principal with everything that the request sets; what it does not name stays. */
    Principal apply(Principal before, Fields fields, Problems problems) throws OperatorRefusal {
        Principal after = before;
        Optional<String> role = fields.text("role");
        if (role.isPresent()) {
            Role parsed = problems.value("--role", () -> role(role.get()));
            after = parsed == null ? after : after.withRole(parsed);
        }
        Optional<Boolean> shell = fields.choice("shell");
        if (shell.isPresent()) {
            after = after.withShell(shell.get());
        }
        Optional<String> osUser = fields.text("osUser");
        if (osUser.isPresent()) {
            String parsed = problems.value("--os-user", () -> osUser(osUser.get()));
            after = after.withOsUser(Optional.ofNullable(parsed));
        }
        Optional<String> expires = fields.text("expires");
        if (expires.isPresent()) {
            after = after.withExpiry(expiry("--expires", expires.get(), problems));
        }
        PrincipalLimits limits = after.limits();
        for (String word : fields.texts("limits")) {
            PrincipalLimits with = limits;
            PrincipalLimits parsed = problems.value("--limit", () -> LimitWords.with(with, word));
            limits = parsed == null ? limits : parsed;
        }
        return after.withLimits(limits);
    }

    /** Until when, or for ever; empty too when it is a problem. */
    Optional<Instant> expiry(String where, String text, Problems problems) {
        return text.equals(NEVER)
                ? Optional.empty()
                : Optional.ofNullable(problems.value(where, () -> moment.parse(text)));
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.word().equals(text.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither member nor admin");
    }

    /** The grammar of useradd(8), so that a name is never an option or a path. */
    private static String osUser(String text) {
        if (!text.matches("[a-z_][a-z0-9_-]{0,31}")) {
            throw new IllegalArgumentException("'" + text + "' is no name of an OS user");
        }
        return text;
    }
}
