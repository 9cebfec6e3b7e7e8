package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Whatever somebody made of the files that {@code keyhole audit verify} is to judge. */
public final class AuditLinesFuzz {
    private static final VerifierKey KEY =
            new VerifierKey(
                    "keyhole-audit/" + "0".repeat(32), HexFormat.of().parseHex("00".repeat(32)));

    private AuditLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, UTF_8);
        ChainedLine.of(text);
        if (Checkpoint.verified(text, KEY).isPresent()) {
            throw new AssertionError("nobody has signed that");
        }
        try {
            EventLine.of(text).text("event.action");
        } catch (IllegalArgumentException e) {
            // no line of an audit
        }
        try {
            VerifierKey.parse(text);
        } catch (IllegalArgumentException e) {
            // no key
        }
    }
}
