package dev.keyhole.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;

/** Whatever stands in an {@code authorized_keys} file, or is pasted for a key. */
public final class KeyLinesFuzz {
    private static final KeyRules RULES = new KeyRules(3072, ZoneOffset.UTC, true);

    private KeyLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        for (String line : new String(data, UTF_8).split("\n", -1)) {
            switch (AuthorizedKeysLine.parse(line, RULES)) {
                case KeyLine.Usable usable -> plain(usable.key().comment());
                case KeyLine.Skipped skipped -> plain(skipped.toString());
                case KeyLine.Blank blank -> {
                    // a comment
                }
            }
        }
        for (KeyType type : KeyType.values()) {
            try {
                KeyBlob.check(type, data, 3072);
            } catch (LineRefused e) {
                plain(e.reason());
            }
        }
    }

    /** What is shown to a person moves no cursor and rings no bell. */
    private static void plain(String shown) {
        if (shown.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("it shows a control character");
        }
    }
}
