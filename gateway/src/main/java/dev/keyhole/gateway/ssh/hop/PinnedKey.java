package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.model.Fingerprint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The one host key that a host may prove. */
public record PinnedKey(PublicKey key) {
    /**
     * @param line as in authorized_keys or behind the name in known_hosts: {@code ssh-ed25519 AAAA…}
     * @throws IllegalArgumentException with a sentence, when it is no key
     */
    public static PinnedKey read(String line) {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line.strip());
            PublicKey key =
                    entry == null
                            ? null
                            : entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            if (key == null) {
                throw new IllegalArgumentException("there is no key in it");
            }
            return new PinnedKey(key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("it is no public key (" + e.getMessage() + ")", e);
        }
    }

    boolean is(PublicKey proven) {
        return KeyUtils.compareKeys(key, proven);
    }

    /** Such as {@code ssh-ed25519}. */
    public String type() {
        return KeyUtils.getKeyType(key);
    }

    public Fingerprint fingerprint() {
        return fingerprint(key);
    }

    static Fingerprint fingerprint(PublicKey key) {
        var blob = new ByteArrayBuffer();
        blob.putRawPublicKey(key);
        return Fingerprint.of(blob.getCompactData());
    }
}
