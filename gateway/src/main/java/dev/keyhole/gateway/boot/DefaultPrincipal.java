package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.Locale;
import java.util.Optional;

/** Names the principal of a machine that one person starts for itself. */
public final class DefaultPrincipal {
    private static final String FOR_ROOT = "owner";
    private static final int LONGEST = 24;

    private DefaultPrincipal() {}

    /** The user behind {@code sudo}, else the user; {@code owner} for root and for names without any letter. */
    public static PrincipalName of(Optional<String> sudoUser, String user) {
        return new PrincipalName(
                sudoUser.map(DefaultPrincipal::fitted)
                        .filter(name -> !name.equals(FOR_ROOT))
                        .orElseGet(() -> fitted(user)));
    }

    private static String fitted(String user) {
        String name =
                user.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_-]", "-")
                        .replaceAll("^[^a-z]+", "")
                        .replaceAll("-+$", "");
        if (name.isEmpty() || name.equals("root")) {
            return FOR_ROOT;
        }
        return name.substring(0, Math.min(name.length(), LONGEST));
    }
}
