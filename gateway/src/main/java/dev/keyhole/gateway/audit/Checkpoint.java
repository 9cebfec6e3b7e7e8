package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a chain had come, so that whoever keeps one elsewhere can tell later whether it is still the same chain.
 *
 * <p>It is written as a signed note of C2SP: name of the chain, number of the event, SHA-256 of its line; an empty line;
 * an em dash, the name, and the signature behind the hash of its key.
 *
 * @param chain {@code keyhole-audit/} and the chain's id
 * @param sequence of the last event that it vouches for
 * @param hash SHA-256 of that event's line, without its line feed
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record Checkpoint(String chain, long sequence, byte[] hash) {
    static final Pattern NOTE =
            Pattern.compile(
                    "((keyhole-audit/[0-9a-f]{32})\n(\\d{1,18})\n([A-Za-z0-9+/]{43}=)\n)\n"
                            + "\u2014 (keyhole-audit/[0-9a-f]{32}) ([A-Za-z0-9+/]{88,92}={0,2})\n?");

    public Checkpoint {
        hash = hash.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    private String text() {
        return chain + "\n" + sequence + "\n" + Base64.getEncoder().encodeToString(hash) + "\n";
    }

    /** The whole note. */
    String signedBy(SigningKey key) {
        byte[] signature = key.sign(text().getBytes(UTF_8));
        byte[] hashed =
                ByteBuffer.allocate(VerifierKey.HASH_BYTES + signature.length)
                        .put(key.verifier().hash())
                        .put(signature)
                        .array();
        return text()
                + "\n\u2014 "
                + key.verifier().name()
                + " "
                + Base64.getEncoder().encodeToString(hashed)
                + "\n";
    }

    /**
     * Reads a note and believes it only when that key signed it.
     *
     * @return empty when it is none, or signed by another
     */
    static Optional<Checkpoint> verified(String note, VerifierKey key) {
        Matcher matcher = NOTE.matcher(note);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] hashed;
        byte[] hash;
        try {
            hashed = Base64.getDecoder().decode(matcher.group(6));
            hash = Base64.getDecoder().decode(matcher.group(4));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] signature = Arrays.copyOfRange(hashed, VerifierKey.HASH_BYTES, hashed.length);
        boolean ours =
                matcher.group(2).equals(key.name())
                        && matcher.group(5).equals(key.name())
                        && Arrays.equals(Arrays.copyOf(hashed, VerifierKey.HASH_BYTES), key.hash());
        return ours && key.verifies(matcher.group(1).getBytes(UTF_8), signature)
                ? Optional.of(
                        new Checkpoint(matcher.group(2), Long.parseLong(matcher.group(3)), hash))
                : Optional.empty();
    }

    /** Whether a note is all there, whoever signed it; a crash may leave half of one. */
    static boolean isWhole(String note) {
        return NOTE.matcher(note).matches();
    }

    boolean fits(byte[] lineHash) {
        return MessageDigest.isEqual(hash, lineHash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint one && text().equals(one.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
