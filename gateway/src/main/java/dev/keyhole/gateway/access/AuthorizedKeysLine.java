package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.Shown;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads one line of {@code authorized_keys} or of a {@code .pub} file, as sshd(8) AUTHORIZED_KEYS FILE FORMAT describes
 * it. Either the key is usable exactly as its line limits it, or the line is skipped with a reason. Thread-safe.
 */
public final class AuthorizedKeysLine {
    private static final int LONGEST = 16 * 1024;

    private AuthorizedKeysLine() {}

    public static KeyLine parse(String line, KeyRules rules) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return new KeyLine.Blank();
        }
        Words words = new Words(text);
        try {
            return read(words, rules);
        } catch (LineRefused e) {
            return skipped(words, e, Optional.empty());
        }
    }

    private static KeyLine read(Words words, KeyRules rules) throws LineRefused {
        if (words.text.length() > LONGEST) {
            throw new LineRefused("it is longer than any key", "Check how the file came about.");
        }
        if (words.text.contains("PRIVATE KEY")) {
            throw new LineRefused(
                    "it belongs to a private key, which must never leave its owner",
                    "Use the .pub file.");
        }
        Optional<String> options = words.options();
        KeyType type = type(words.next());
        byte[] blob = blob(words.next());
        KeyBlob.check(type, blob, rules.rsaMin());
        try {
            LineOptions limits = limits(type, options, rules);
            return new KeyLine.Usable(
                    new AuthorizedKey(type, blob, Shown.text(words.rest()), limits));
        } catch (LineRefused e) {
            return skipped(words, e, Optional.of(Fingerprint.of(blob)));
        }
    }

    private static KeyLine skipped(Words words, LineRefused why, Optional<Fingerprint> limited) {
        return new KeyLine.Skipped(words.subject(), why.reason(), why.nextMove(), limited);
    }

    private static LineOptions limits(KeyType type, Optional<String> options, KeyRules rules)
            throws LineRefused {
        if (options.isEmpty()) {
            return LineOptions.NONE;
        }
        LineOptions limits = OptionsParser.parse(options.get(), rules);
        if (!type.isSecurityKey() && (limits.verifyRequired() || limits.noTouchRequired())) {
            throw new LineRefused(
                    "its option verify-required or no-touch-required is for security keys",
                    "Remove the option.");
        }
        return limits;
    }

    private static KeyType type(String name) throws LineRefused {
        Optional<KeyType> type = KeyType.named(name);
        if (type.isPresent()) {
            return type.get();
        }
        if (name.contains("-cert-v0")) {
            throw new LineRefused(
                    "it is a certificate, not a key",
                    "List the key that the certificate was made for.");
        }
        if (name.equals("ssh-dss")) {
            throw new LineRefused(
                    "DSA keys are too weak", "Make a new key with `ssh-keygen -t ed25519`.");
        }
        throw new LineRefused(
                "'" + Shown.text(name) + "' is no kind of key that is accepted here",
                "A line starts like `ssh-ed25519 AAAA...`; make a key with `ssh-keygen -t ed25519`.");
    }

    private static byte[] blob(String base64) throws LineRefused {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw KeyBlob.broken("its base64 is broken");
        }
    }

    /** Cuts a line at blanks, with the rule that quotes protect blanks in options. Used by one thread. */
    private static final class Words {
        private final String text;
        private int at;

        Words(String text) {
            this.text = text;
        }

        /** What stands before the kind of key; absent when the line starts with that. */
        Optional<String> options() throws LineRefused {
            boolean startsWithKind = KeyType.named(text.split("[ \t]", 2)[0]).isPresent();
            if (startsWithKind) {
                return Optional.empty();
            }
            boolean quoted = false;
            int end = 0;
            for (; end < text.length() && (quoted || !isBlank(text.charAt(end))); end++) {
                if (text.startsWith("\\\"", end)) {
                    end++;
                } else if (text.charAt(end) == '"') {
                    quoted = !quoted;
                }
            }
            if (quoted) {
                throw new LineRefused("a quote in its options is never closed", "Close the quote.");
            }
            String afterwards = text.substring(end).strip().split("[ \t]", 2)[0];
            if (!afterwards.matches("(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+")) {
                return Optional.empty();
            }
            at = end;
            return Optional.of(text.substring(0, end));
        }

        String next() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            int start = at;
            while (at < text.length() && !isBlank(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        String rest() {
            return text.substring(at).strip();
        }

        /** The comment if the reading came that far, else how the line begins; never a whole key. */
        String subject() {
            String comment = Shown.text(rest());
            boolean readSoFar = at > 0 && !comment.isEmpty() && !comment.startsWith("AAAA");
            return readSoFar ? comment : Shown.text(text).replaceAll("(AAAA.{12}).*", "$1...");
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
