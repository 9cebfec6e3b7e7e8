package dev.keyhole.gateway.access;

import java.time.Instant;
import java.time.ZoneId;
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
                    "no-pty",
                    "no-user-rc",
                    "no-x11-forwarding",
                    "port-forwarding",
                    "pty",
                    "user-rc",
                    "x11-forwarding");

    /** They limit or change the key in a way that nothing here enforces. */
    private static final Set<String> NOT_ENFORCED =
            Set.of(
                    "cert-authority",
                    "command",
                    "environment",
                    "no-port-forwarding",
                    "permitlisten",
                    "permitopen",
                    "principals",
                    "restrict",
                    "tunnel");

    /** A name, then possibly a quoted value in which only {@code \"} is special. */
    private static final Pattern OPTION =
            Pattern.compile("([A-Za-z0-9-]+)(=\"((?:[^\"\\\\]|\\\\\"|\\\\(?!\"))*+)\")?");

    private final ZoneId zone;
    private Optional<SourcePatterns> from = Optional.empty();
    private Optional<Instant> expiry = Optional.empty();
    private boolean verifyRequired;
    private boolean noTouchRequired;

    private OptionsParser(ZoneId zone) {
        this.zone = zone;
    }

    static LineOptions parse(String options, ZoneId zone) throws LineRefused {
        OptionsParser parser = new OptionsParser(zone);
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
                        parser.from, parser.expiry, parser.verifyRequired, parser.noTouchRequired);
            }
            if (options.charAt(at++) != ',') {
                throw unreadable(options.substring(at - 1));
            }
        }
    }

    private void option(String name, Optional<String> quoted) throws LineRefused {
        Optional<String> value = quoted.map(text -> text.replace("\\\"", "\""));
        switch (name) {
            case "from" -> {
                if (from.isPresent()) {
                    throw new LineRefused(
                            "it has from= twice", "Join both into one from=, with commas.");
                }
                from = Optional.of(SourcePatterns.parse(needed(name, value)));
            }
            case "expiry-time" -> {
                Instant given = ExpiryTime.parse(needed(name, value), zone);
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
        throw new LineRefused(
                NOT_ENFORCED.contains(name)
                        ? "its option "
                                + name
                                + " is not enforced here, so the key would get more than the line says"
                        : "its option " + Shown.text(name) + " is not known",
                "List the key on a line without it, if it may open a notebook.");
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
