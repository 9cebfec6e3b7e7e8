package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.ConfiguredRoster;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that adds people with two keys each, and takes the one before the last away, for ever. Each number that it
 * prints is one whose list of changes was acknowledged.
 */
final class KilledWriter {
    static final int KEYS = 2;

    private KilledWriter() {}

    /** {@code FILE FIRST}. */
    public static void main(String[] words) throws Exception {
        try (SqliteStore store = SqliteStore.open(Path.of(words[0]), KeyRules.usual())) {
            Principals principals =
                    Principals.open(store, new ConfiguredRoster(Map.of(), Instant.EPOCH));
            for (int number = Integer.parseInt(words[1]); ; number++) {
                principals.change(changes(principals, number));
                System.out.println(number);
                System.out.flush();
            }
        }
    }

    static PrincipalName name(int number) {
        return new PrincipalName("p" + number);
    }

    private static List<RosterChange> changes(Principals principals, int number)
            throws IOException, GeneralSecurityException {
        List<RosterChange> changes = new ArrayList<>();
        changes.add(
                new RosterChange.AddPrincipal(
                        Principal.member(name(number), Origin.STORE, Instant.EPOCH)));
        for (int key = 0; key < KEYS; key++) {
            changes.add(new RosterChange.AddKey(key(name(number))));
        }
        if (number > 1 && principals.now().principal(name(number - 2)).isPresent()) {
            changes.add(new RosterChange.RemovePrincipal(name(number - 2)));
        }
        return changes;
    }

    private static EnrolledKey key(PrincipalName owner)
            throws IOException, GeneralSecurityException {
        byte[] encoded =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        var blob = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(blob);
        out.writeInt("ssh-ed25519".length());
        out.writeBytes("ssh-ed25519");
        out.writeInt(point.length);
        out.write(point);
        String line = "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob.toByteArray());
        return new EnrolledKey(
                owner,
                ((KeyLine.Usable) AuthorizedKeysLine.parse(line, KeyRules.usual())).key(),
                line,
                Optional.empty(),
                Origin.STORE,
                Instant.EPOCH);
    }
}
