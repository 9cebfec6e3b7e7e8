package dev.keyhole.gateway.launch.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * How the containers of one home are told from everything else that an engine has.
 *
 * @param home stands for the home's path, which an engine's users need not know
 */
record WorkspaceLabels(String home) {
    static final String HOME = "dev.keyhole.home";
    static final String PRINCIPAL = "dev.keyhole.principal";
    static final String IMAGE = "dev.keyhole.image";

    private static final int LETTERS = 12;

    static WorkspaceLabels of(Path home) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(UTF_8));
            return new WorkspaceLabels(HexFormat.of().formatHex(hash).substring(0, LETTERS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Of container, volume and network alike: two starts at once cannot make two. */
    String name(PrincipalName owner) {
        return "keyhole-" + home + "-" + owner;
    }

    /** By which it is found. */
    Map<String, String> of(PrincipalName owner) {
        return Map.of(HOME, home, PRINCIPAL, owner.value());
    }
}
