package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The private key of a chain, made with the chain at the first start and kept in one file, mode 0600: the key in PKCS#8
 * and, on a second line, its public half. Immutable, therefore thread-safe.
 */
final class SigningKey {
    private static final int ID_BYTES = 16;
    private static final String RIGHTS = "rw-------";

    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** @throws IOException when the file cannot be read or made, or others may read it; for the operator */
    static SigningKey loadOrMake(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? load(file) : make(file);
    }

    VerifierKey verifier() {
        return verifier;
    }

    byte[] sign(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key has signed before", e);
        }
    }

    private static SigningKey load(Path file) throws IOException {
        if (!PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                .endsWith("------")) {
            throw new IOException(
                    "The key that signs the audit, "
                            + file
                            + ", is open to other users. If nobody can have read it: chmod 600 "
                            + file);
        }
        try {
            List<String> lines = Files.readAllLines(file, US_ASCII);
            PrivateKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getDecoder().decode(lines.getFirst())));
            SigningKey loaded = new SigningKey(key, VerifierKey.parse(lines.get(1)));
            byte[] probe = file.toString().getBytes(US_ASCII);
            if (loaded.verifier.verifies(probe, loaded.sign(probe))) {
                return loaded;
            }
            throw new IOException("its two halves do not belong together");
        } catch (GeneralSecurityException | RuntimeException | IOException e) {
            throw new IOException(
                    "The key that signs the audit, "
                            + file
                            + ", cannot be used ("
                            + e.getMessage()
                            + "). Put it back from a backup.",
                    e);
        }
    }

    private static SigningKey make(Path file) throws IOException {
        try {
            byte[] id = new byte[ID_BYTES];
            new SecureRandom().nextBytes(id);
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            VerifierKey verifier =
                    VerifierKey.of(
                            VerifierKey.NAME_PREFIX + HexFormat.of().formatHex(id),
                            pair.getPublic());
            String text =
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                            + "\n"
                            + verifier
                            + "\n";
            writeWhole(file, text);
            return new SigningKey(pair.getPrivate(), verifier);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519 (JEP 339)", e);
        }
    }

    /** On disk in full before it has its name: half a key would be no key at the next start. */
    static void writeWhole(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel out =
                FileChannel.open(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(RIGHTS)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
