package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key of a chain, written as C2SP's signed-note has it: {@code NAME+HASH+KEY}. Immutable.
 *
 * @param name {@code keyhole-audit/} and the chain's id
 * @param raw the 32 bytes of an Ed25519 public key (RFC 8032)
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record VerifierKey(String name, byte[] raw) {
    static final String NAME_PREFIX = "keyhole-audit/";
    static final int HASH_BYTES = 4;

    /** The algorithm's number in signed-note. */
    static final byte ED25519 = 1;

    private static final int KEY_BYTES = 32;

    /** What stands before the key in its X.509 form (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern GRAMMAR =
            Pattern.compile("(keyhole-audit/[0-9a-f]{32})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]{44})");

    public VerifierKey {
        if (raw.length != KEY_BYTES) {
            throw new IllegalArgumentException("An Ed25519 public key has 32 bytes");
        }
        raw = raw.clone();
    }

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(
                name, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** @throws IllegalArgumentException when the text is no such key, with a sentence for a person */
    public static VerifierKey parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "This is no key of an audit; one looks like keyhole-audit/ID+HASH+KEY.");
        }
        byte[] typed = Base64.getDecoder().decode(matcher.group(3));
        if (typed[0] != ED25519) {
            throw new IllegalArgumentException("This key is of another kind than Ed25519.");
        }
        VerifierKey key =
                new VerifierKey(matcher.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().formatHex(key.hash()).equals(matcher.group(2))) {
            throw new IllegalArgumentException("This key was damaged: its hash does not fit.");
        }
        return key;
    }

    @Override
    public byte[] raw() {
        return raw.clone();
    }

    public String chainId() {
        return name.substring(NAME_PREFIX.length());
    }

    /** Tells keys of one name apart; no proof of anything. */
    byte[] hash() {
        return Arrays.copyOf(
                Sha256.of((name + "\n").getBytes(UTF_8), new byte[] {ED25519}, raw), HASH_BYTES);
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            byte[] encoded =
                    ByteBuffer.allocate(X509_PREFIX.length + KEY_BYTES)
                            .put(X509_PREFIX)
                            .put(raw)
                            .array();
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519 (JEP 339)", e);
        } catch (GeneralSecurityException e) {
            return false; // no signature, or no point of the curve
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && MessageDigest.isEqual(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + KEY_BYTES).put(ED25519).put(raw).array();
        return name
                + "+"
                + HexFormat.of().formatHex(hash())
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
