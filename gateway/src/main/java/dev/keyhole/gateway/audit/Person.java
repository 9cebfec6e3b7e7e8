package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody as the audit knows her: what stands for her in its files, and the key under which her data stand there.
 * Without the key nobody reads them again. Immutable, thread-safe.
 *
 * <p>Equal values of a field make equal tokens, so that what somebody did can still be counted when nobody knows who it
 * was. The construction is SIV (RFC 5297) from what every JDK has: the tag of field and value, HMAC-SHA256 cut to 128
 * bits, is the initial counter of AES-256 in CTR mode.
 */
final class Person {
    private static final int TAG_BYTES = 16;
    private static final String MAC = "HmacSHA256";

    private final String pseudonym;
    private final String name;
    private final SecretKeySpec tagKey;
    private final SecretKeySpec textKey;

    /** @param key 32 bytes that nobody guesses */
    Person(String pseudonym, String name, byte[] key) {
        this.pseudonym = pseudonym;
        this.name = name;
        this.tagKey = new SecretKeySpec(mac(new SecretKeySpec(key, MAC), "tag"), MAC);
        this.textKey = new SecretKeySpec(mac(new SecretKeySpec(key, MAC), "text"), "AES");
    }

    String pseudonym() {
        return pseudonym;
    }

    String name() {
        return name;
    }

    /** A value that only this person's key shows. */
    String hidden(String field, String value) {
        byte[] tag = tag(field, value);
        byte[] text = crypt(tag, value.getBytes(UTF_8));
        byte[] token = Arrays.copyOf(tag, TAG_BYTES + text.length);
        System.arraycopy(text, 0, token, TAG_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The value again; empty for what this key has not made for this field. */
    Optional<String> shown(String field, String hidden) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(hidden);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (token.length < TAG_BYTES) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(token, TAG_BYTES);
        String value =
                new String(crypt(tag, Arrays.copyOfRange(token, TAG_BYTES, token.length)), UTF_8);
        return MessageDigest.isEqual(tag, tag(field, value))
                ? Optional.of(value)
                : Optional.empty();
    }

    private byte[] tag(String field, String value) {
        return Arrays.copyOf(mac(tagKey, field + '\0' + value), TAG_BYTES);
    }

    private byte[] crypt(byte[] counter, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, textKey, new IvParameterSpec(counter));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES in CTR mode", e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + MAC, e);
        }
    }
}
