package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the options before a key, sshd(8) AUTHORIZED_KEYS FILE FORMAT. An option that would limit the key in a way that
 * is not enforced here refuses the line: ignoring it would give the key more than its line does. Used by one thread.
 */
final class OptionsParser {
    /** They forbid or allow what nobody gets here, or what everybody gets. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "agent-forwarding",
                    "no-agent-forwarding",
                    "no-user-rc",
                    "no-x11-forwarding",
                    "user-rc",
                    "x11-forwarding");

    /** They limit or change the key in a way that nothing here enforces. */
    private static final Set<String> NOT_ENFORCED =
            Set.of("cert-authority", "command", "environment", "principals", "tunnel");

    /** They are honoured, or skip the line where they may have been meant for another server. */
    private static final Set<String> LIMITS =
            Set.of("no-port-forwarding", "permitlisten", "permitopen", "restrict");

    private static final Set<String> OF_AUTHORITIES = Set.of("cert-authority", "principals");

    /** A name, then possibly a quoted value in which only {@code \"} is special. */
    private static final Pattern OPTION =
            Pattern.compile("([A-Za-z0-9-]+)(=\"((?:[^\"\\\\]|\\\\\"|\\\\(?!\"))*+)\")?");

    private final KeyRules rules;
    private final List<PermittedOpen> open = new ArrayList<>();
    private boolean forwarding = true;
    private boolean pty = true;
    private Optional<SourcePatterns> from = Optional.empty();
    private Optional<Instant> expiry = Optional.empty();
    private boolean verifyRequired;
    private boolean noTouchRequired;

    private OptionsParser(KeyRules rules) {
        this.rules = rules;
    }

    static LineOptions parse(String options, KeyRules rules) throws LineRefused {
        OptionsParser parser = new OptionsParser(rules);
        Matcher option = OPTION.matcher(options);
        int at = 0;
        while (true) {
            option.region(at, options.length());
            if (!option.lookingAt()) {
                throw unreadable(options.substring(at));
            }
            parser.option(
                    option.group(1).toLowerCase(Locale.ROOT), Optional.ofNullable(option.group(3)));
            at = option.end();
            if (at == options.length()) {
                return new LineOptions(
                        parser.from,
                        parser.expiry,
                        parser.verifyRequired,
                        parser.noTouchRequired,
                        parser.forwarding,
                        parser.pty,
                        List.copyOf(parser.open));
            }
            if (options.charAt(at++) != ',') {
                throw unreadable(options.substring(at - 1));
            }
        }
    }

    private void option(String name, Optional<String> quoted) throws LineRefused {
        Optional<String> value = quoted.map(text -> text.replace("\\\"", "\""));
        if (LIMITS.contains(name) && !rules.honoursLimits()) {
            throw notEnforced(name);
        }
        // In the order of the line, as sshd does: restrict, then what is given back.
        switch (name) {
            case "restrict" -> {
                plain(name, value);
                forwarding = false;
                pty = false;
            }
            case "no-port-forwarding" -> forwarding = !plain(name, value);
            case "port-forwarding" -> forwarding = plain(name, value);
            case "no-pty" -> pty = !plain(name, value);
            case "pty" -> pty = plain(name, value);
            case "permitopen" -> open.add(PermittedOpen.parse(needed(name, value)));
            case "permitlisten" -> needed(name, value); // limits -R, which nobody gets
            case "from" -> {
                if (from.isPresent()) {
                    throw new LineRefused(
                            "it has from= twice", "Join both into one from=, with commas.");
                }
                from = Optional.of(SourcePatterns.parse(needed(name, value)));
            }
            case "expiry-time" -> {
                Instant given = ExpiryTime.parse(needed(name, value), rules.zone());
                expiry = Optional.of(expiry.filter(given::isAfter).orElse(given));
            }
            case "verify-required" -> verifyRequired = plain(name, value);
            case "no-touch-required" -> noTouchRequired = plain(name, value);
            default -> withoutMeaning(name, value);
        }
    }

    private static void withoutMeaning(String name, Optional<String> value) throws LineRefused {
        if (WITHOUT_EFFECT.contains(name)) {
            plain(name, value);
            return;
        }
        throw NOT_ENFORCED.contains(name)
                ? notEnforced(name)
                : new LineRefused(
                        "its option " + Shown.text(name) + " is not known",
                        "List the key on a line without it, if it may open a notebook.");
    }

    private static LineRefused notEnforced(String name) {
        return new LineRefused(
                "its option "
                        + name
                        + " is not enforced here, so the key would get more than the line says",
                OF_AUTHORITIES.contains(name)
                        ? "Accept an authority's certificates with `keyhole ca add NAME FILE`."
                        : "List the key on a line without it, if it may open a notebook.");
    }

    private static boolean plain(String name, Optional<String> value) throws LineRefused {
        if (value.isPresent()) {
            throw new LineRefused("its option " + name + " takes no value", "Remove the value.");
        }
        return true;
    }

    private static String needed(String name, Optional<String> value) throws LineRefused {
        return value.filter(text -> !text.isEmpty())
                .orElseThrow(() ->
                        new LineRefused(
                                "its option " + name + " lacks its quoted value",
                                "Write it as " + name + "=\"...\"."));
    }

    private static LineRefused unreadable(String rest) {
        return new LineRefused(
                "its options cannot be read from '" + Shown.text(rest) + "' on",
                "Compare the line with sshd(8), AUTHORIZED_KEYS FILE FORMAT.");
    }
}
