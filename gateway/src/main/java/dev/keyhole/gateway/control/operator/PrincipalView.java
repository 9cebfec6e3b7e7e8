package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A principal as lists and {@code --json} show it; the members of the document are named after these.
 *
 * @param state {@code active}, {@code locked} or {@code expired}
 * @param keys how many it has
 * @param osUser the account that it was mapped to; absent when it is {@code keyhole-NAME}
 * @param limits what is set for it, as {@code --limit} writes it
 * @param origin {@code config} or {@code store}
 */
record PrincipalView(
        String name,
        String role,
        boolean shell,
        String state,
        int keys,
        Optional<String> osUser,
        Optional<Instant> expires,
        Optional<Lock> lock,
        Map<String, String> limits,
        String origin,
        Instant added) {
    static PrincipalView of(Principal principal, Roster roster, Instant now) {
        return new PrincipalView(
                principal.name().value(),
                principal.role().word(),
                principal.shell(),
                state(principal, now),
                roster.keysOf(principal.name()).size(),
                principal.osUser(),
                principal.expiry(),
                principal.lock(),
                LimitWords.words(principal.limits()),
                principal.origin().name().toLowerCase(Locale.ROOT),
                principal.added());
    }

    private static String state(Principal principal, Instant now) {
        if (principal.lock().isPresent()) {
            return "locked";
        }
        return principal.expiry().filter(end -> !end.isAfter(now)).isPresent()
                ? "expired"
                : "active";
    }

    /** The limits in one line. */
    String limitWords() {
        StringBuilder words = new StringBuilder();
        limits.forEach((name, value) ->
                words.append(words.isEmpty() ? "" : " ").append(name + "=" + value));
        return words.toString();
    }
}
