package dev.keyhole.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A user certificate with any content, for tests of what is read before a signature is verified. Immutable. */
record MadeCertificate(
        long type,
        long serial,
        String keyId,
        List<String> principals,
        long validAfter,
        long validBefore,
        List<List<String>> critical,
        List<String> extensions,
        byte[] authority,
        String signatureAlgorithm) {
    static final long FOREVER = -1;

    /** One that is all right, of that authority for those principals. */
    static MadeCertificate by(AuthorizedKey authority, String... principals) {
        return new MadeCertificate(
                1,
                7,
                "ada@lab",
                List.of(principals),
                0,
                FOREVER,
                List.of(),
                List.of("permit-port-forwarding", "permit-pty"),
                authority.blob(),
                authority.type().sshName());
    }

    MadeCertificate ofType(long other) {
        return new MadeCertificate(
                other,
                serial,
                keyId,
                principals,
                validAfter,
                validBefore,
                critical,
                extensions,
                authority,
                signatureAlgorithm);
    }

    MadeCertificate valid(long after, long before) {
        return new MadeCertificate(
                type,
                serial,
                keyId,
                principals,
                after,
                before,
                critical,
                extensions,
                authority,
                signatureAlgorithm);
    }

    MadeCertificate withCritical(String name, String value) {
        List<List<String>> more = new ArrayList<>(critical);
        more.add(List.of(name, value));
        return new MadeCertificate(
                type,
                serial,
                keyId,
                principals,
                validAfter,
                validBefore,
                List.copyOf(more),
                extensions,
                authority,
                signatureAlgorithm);
    }

    MadeCertificate withExtensions(String... others) {
        return new MadeCertificate(
                type,
                serial,
                keyId,
                principals,
                validAfter,
                validBefore,
                critical,
                List.of(others),
                authority,
                signatureAlgorithm);
    }

    MadeCertificate signedWith(String algorithm) {
        return new MadeCertificate(
                type,
                serial,
                keyId,
                principals,
                validAfter,
                validBefore,
                critical,
                extensions,
                authority,
                algorithm);
    }

    /** As a client would offer it, for an ed25519 key. */
    byte[] blob(AuthorizedKey certified) {
        try {
            BlobReader plain = new BlobReader(certified.blob());
            plain.text();
            return packed(out -> {
                field(out, "ssh-ed25519-cert-v01@openssh.com".getBytes(UTF_8));
                field(out, new byte[32]);
                field(out, plain.bytes());
                out.writeLong(serial);
                out.writeInt((int) type);
                field(out, keyId.getBytes(UTF_8));
                field(
                        out,
                        packed(names -> {
                            for (String principal : principals) {
                                field(names, principal.getBytes(UTF_8));
                            }
                        }));
                out.writeLong(validAfter);
                out.writeLong(validBefore);
                field(
                        out,
                        packed(options -> {
                            for (List<String> option : critical) {
                                field(options, option.getFirst().getBytes(UTF_8));
                                field(
                                        options,
                                        packed(value ->
                                                field(value, option.getLast().getBytes(UTF_8))));
                            }
                        }));
                field(
                        out,
                        packed(options -> {
                            for (String extension : extensions) {
                                field(options, extension.getBytes(UTF_8));
                                field(options, new byte[0]);
                            }
                        }));
                field(out, new byte[0]);
                field(out, authority);
                field(
                        out,
                        packed(signature -> {
                            field(signature, signatureAlgorithm.getBytes(UTF_8));
                            field(signature, new byte[64]);
                        }));
            });
        } catch (LineRefused e) {
            throw new AssertionError(e);
        }
    }

    private interface Part {
        void write(DataOutputStream out) throws IOException, LineRefused;
    }

    private static byte[] packed(Part part) throws LineRefused {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
