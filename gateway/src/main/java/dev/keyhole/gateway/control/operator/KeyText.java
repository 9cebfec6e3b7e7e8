package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.KeyType;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.wire.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads the keys that an operator hands in: a {@code .pub} file or a whole {@code authorized_keys}. Every line is
 * honoured exactly as it stands, or it is a problem; none is passed over. Thread-safe: it keeps no state.
 */
public final class KeyText {
    private static final int LONGEST_COMMENT = 100;

    /** A key, and the line that the store keeps of it. */
    record Given(AuthorizedKey key, String line) {}

    /**
     * What the operator adds to each line.
     *
     * @param from patterns on addresses, as in {@code from=}
     */
    record Additions(Optional<String> from, Optional<Instant> expiry, Optional<String> comment) {
        static final Additions NONE =
                new Additions(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private final KeyRules rules;

    public KeyText(KeyRules rules) {
        this.rules = rules;
    }

    /**
     * All usable keys of a text; what is wrong with any line goes to the problems, with the file and the line.
     *
     * @param file how the operator named it
     */
    List<Given> read(String file, String text, Additions additions, Problems problems) {
        Map<Fingerprint, Given> keys = new LinkedHashMap<>();
        int before = problems.count();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String where = Printable.of(file) + ":" + number;
            one(where, line, additions, problems)
                    .ifPresent(given -> {
                        Given twin = keys.putIfAbsent(given.key().fingerprint(), given);
                        if (twin != null && !twin.line().equals(given.line())) {
                            problems.key(
                                    where
                                            + ": the same key stands above with other options;"
                                            + " keep one of the lines");
                        }
                    });
        }
        if (keys.isEmpty() && problems.count() == before) {
            problems.key(
                    Printable.of(file)
                            + ": it holds no key; a line starts like `ssh-ed25519 AAAA...`");
        }
        return List.copyOf(keys.values());
    }

    /** The key of one line; empty for a remark or a problem. */
    Optional<Given> one(String where, String line, Additions additions, Problems problems) {
        if (line.chars().anyMatch(c -> c != '\t' && !Printable.isPrintable(c))) {
            problems.key(where + ": it holds characters that cannot be shown; remove them");
            return Optional.empty();
        }
        return switch (AuthorizedKeysLine.parse(line, rules)) {
            case KeyLine.Blank() -> Optional.empty();
            case KeyLine.Skipped skipped -> {
                problems.key(explained(where, skipped));
                yield Optional.empty();
            }
            case KeyLine.Usable(AuthorizedKey key) -> added(where, key, line, additions, problems);
        };
    }

    private Optional<Given> added(
            String where, AuthorizedKey key, String line, Additions more, Problems problems) {
        String text = commented(key, line.strip(), more.comment());
        StringJoiner options = new StringJoiner(",");
        more.from().ifPresent(from -> options.add("from=\"" + from + "\""));
        more.expiry().ifPresent(at -> options.add("expiry-time=\"" + Moment.forKeyLine(at) + "\""));
        if (options.length() == 0) {
            return Optional.of(new Given(key, text));
        }
        String first = text.split("[ \t]", 2)[0];
        boolean bare = Arrays.stream(KeyType.values()).anyMatch(t -> t.sshName().equals(first));
        String whole = options + (bare ? " " : ",") + text;
        return switch (AuthorizedKeysLine.parse(whole, rules)) {
            case KeyLine.Usable(AuthorizedKey limited) -> Optional.of(new Given(limited, whole));
            case KeyLine.Skipped skipped -> {
                problems.key(explained(where, skipped));
                yield Optional.empty();
            }
            case KeyLine.Blank() -> Optional.empty();
        };
    }

    private static String commented(AuthorizedKey key, String line, Optional<String> comment) {
        if (comment.isEmpty()) {
            return line;
        }
        String blob = Base64.getEncoder().encodeToString(key.blob());
        int end = line.indexOf(blob) + blob.length();
        return line.substring(0, end) + " " + comment.get();
    }

    private static String explained(String where, KeyLine.Skipped skipped) {
        return where
                + ": the key '"
                + Printable.of(skipped.subject())
                + "' cannot be used: "
                + skipped.reason()
                + ". "
                + skipped.nextMove();
    }

    /** What an operator adds, checked so that it cannot become another option of the line. */
    static Additions additions(Fields fields, Moment moment, Problems problems)
            throws OperatorRefusal {
        Optional<String> from = fields.text("from");
        if (from.isPresent() && !from.get().matches("[0-9A-Fa-f.:*?/!,]{1,1000}")) {
            problems.value(
                    "--from: write addresses or ranges with commas, such as 10.0.0.0/8,!10.0.0.9");
            from = Optional.empty();
        }
        Optional<Instant> expiry =
                fields.text("expires")
                        .map(text -> problems.value("--expires", () -> moment.parse(text)));
        Optional<String> comment =
                fields.text("comment").map(text -> problems.value("--comment", () -> plain(text)));
        return new Additions(from, expiry, comment);
    }

    private static String plain(String text) {
        List<String> wrong = new ArrayList<>();
        if (text.isBlank() || text.length() > LONGEST_COMMENT) {
            wrong.add("1-" + LONGEST_COMMENT + " letters");
        }
        if (!text.equals(Printable.of(text))) {
            wrong.add("letters that can be shown");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("write " + String.join(", and only ", wrong));
        }
        return text.strip();
    }
}
