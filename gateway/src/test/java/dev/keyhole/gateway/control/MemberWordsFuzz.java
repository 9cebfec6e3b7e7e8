package dev.keyhole.gateway.control;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Whatever a member's client sends behind {@code keyhole}. */
public final class MemberWordsFuzz {
    private MemberWordsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            if (Arguments.parse(new String(data, UTF_8)).count() > 8) {
                throw new AssertionError("more words than any verb takes");
            }
        } catch (UsageError e) {
            // said to the member
        }
    }
}
