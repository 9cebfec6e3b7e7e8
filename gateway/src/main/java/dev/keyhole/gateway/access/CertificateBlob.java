package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.Shown;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a user certificate, PROTOCOL.certkeys of OpenSSH. It only takes the fields apart: no number is computed with, so
 * a stranger's certificate costs no more than its length. Whatever is not understood and would limit it refuses it
 * (CVE-2026-56624).
 */
final class CertificateBlob {
    private static final long USER = 1;
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_PRINCIPALS = 256;

    private CertificateBlob() {}

    /** Whether it says that it is a certificate; certificates of unknown kinds are keys that nobody enrolled. */
    static Optional<KeyType> kind(byte[] blob) {
        try {
            return blob.length > LONGEST
                    ? Optional.empty()
                    : KeyType.certifiedBy(new BlobReader(blob).text());
        } catch (LineRefused e) {
            return Optional.empty();
        }
    }

    static UserCertificate read(KeyType type, byte[] blob) throws LineRefused {
        BlobReader fields = new BlobReader(blob);
        fields.text();
        fields.bytes(); // the nonce: it makes the signature unpredictable, and means nothing
        byte[] key = key(type, fields);
        String serial = Long.toUnsignedString(fields.uint64());
        if (fields.uint32() != USER) {
            throw KeyBlob.broken("it is no user certificate");
        }
        String keyId = utf8(fields.bytes());
        List<String> principals = principals(fields.bytes());
        long validAfter = fields.uint64();
        long validBefore = fields.uint64();
        Map<String, byte[]> critical = options(fields.bytes());
        Map<String, byte[]> extensions = options(fields.bytes());
        fields.bytes(); // reserved
        byte[] authority = fields.bytes();
        String signatureAlgorithm = new BlobReader(fields.bytes()).text();
        fields.end();
        return new UserCertificate(
                type,
                key,
                serial,
                keyId,
                principals,
                validAfter,
                validBefore,
                source(critical),
                extensions.containsKey("permit-port-forwarding"),
                extensions.containsKey("permit-pty"),
                Fingerprint.of(authority),
                signatureAlgorithm);
    }

    private static byte[] key(KeyType type, BlobReader fields) throws LineRefused {
        var key = new ByteArrayOutputStream();
        put(key, type.sshName().getBytes(StandardCharsets.US_ASCII));
        put(key, fields.bytes());
        if (type != KeyType.ED25519) {
            put(key, fields.bytes()); // curve and point, or exponent and modulus
        }
        return key.toByteArray();
    }

    private static void put(ByteArrayOutputStream blob, byte[] field) {
        blob.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
        blob.writeBytes(field);
    }

    private static List<String> principals(byte[] packed) throws LineRefused {
        BlobReader names = new BlobReader(packed);
        List<String> principals = new ArrayList<>();
        while (names.hasMore()) {
            principals.add(utf8(names.bytes()));
            if (principals.size() > MOST_PRINCIPALS) {
                throw KeyBlob.broken("it names more than " + MOST_PRINCIPALS + " principals");
            }
        }
        return List.copyOf(principals);
    }

    private static Map<String, byte[]> options(byte[] packed) throws LineRefused {
        BlobReader fields = new BlobReader(packed);
        Map<String, byte[]> options = new TreeMap<>();
        while (fields.hasMore()) {
            String name = fields.text();
            if (options.put(name, fields.bytes()) != null) {
                throw KeyBlob.broken("it has the option " + Shown.text(name) + " twice");
            }
        }
        return options;
    }

    private static Optional<CertificateSource> source(Map<String, byte[]> critical)
            throws LineRefused {
        Optional<CertificateSource> source = Optional.empty();
        for (Map.Entry<String, byte[]> option : critical.entrySet()) {
            if (!option.getKey().equals("source-address")) {
                throw KeyBlob.broken(
                        "its critical option "
                                + Shown.text(option.getKey())
                                + " is not enforced here");
            }
            BlobReader value = new BlobReader(option.getValue());
            source = Optional.of(CertificateSource.parse(value.text()));
            value.end();
        }
        return source;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
