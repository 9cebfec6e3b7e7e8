package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.keyhole.gateway.model.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Objects;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * One of the door's host keys: ed25519, in OpenSSH's own format, mode 0600. It is made once. When its file is gone although
 * it was there before, the door does not start: a silently remade key is what an attacker in the middle looks like.
 */
public final class HostKey {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final KeyPair pair;

    private HostKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Loads the key, or makes it when there has never been one.
     *
     * @param file the private key; its public half lies beside it as {@code FILE.pub} and marks that there was one
     * @throws IOException with a message for the operator: unreadable, readable for others, damaged, or lost
     */
    public static HostKey loadOrMake(Path file) throws IOException {
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(publicFile)) {
                throw new IOException(
                        "The host key "
                                + file
                                + " is gone, but "
                                + publicFile
                                + " shows that there was"
                                + " one. Restore it from a backup; or, if every user may be asked to accept a new one, delete "
                                + publicFile);
            }
            make(file);
        }
        HostKey key = load(file);
        if (!Files.exists(publicFile)) {
            key.publish(publicFile);
        }
        return key;
    }

    /** Loads a key that must be there, with the same care. */
    static HostKey load(Path file) throws IOException {
        requirePrivate(file);
        try (var in = Files.newInputStream(file)) {
            for (KeyPair pair :
                    SecurityUtils.loadKeyPairIdentities(
                            null, NamedResource.ofName(file.toString()), in, null)) {
                HostKey key = new HostKey(pair);
                if (!key.type().equals(KeyPairProvider.SSH_ED25519)) {
                    throw new IOException(
                            "it is " + key.type() + ", and host keys here are ed25519");
                }
                return key;
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IOException(
                    "The host key "
                            + file
                            + " cannot be read ("
                            + e.getMessage()
                            + "). Restore it from a backup",
                    e);
        }
        throw new IOException(
                "There is no key in the host key file " + file + ". Restore it from a backup");
    }

    private static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> mode =
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER_ONLY.containsAll(mode)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "The host key "
                            + file
                            + " is open to others ("
                            + PosixFilePermissions.toString(mode)
                            + "), so it may be known to them. If it never was, run: chmod 600 "
                            + file);
        }
    }

    /** A crash leaves either no key or a whole one: the file gets its name only when all of it is on disk. */
    private static void make(Path file) throws IOException {
        Path draft =
                Files.createTempFile(
                        directoryOf(file),
                        ".host-key-",
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
            var text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "keyhole", null, text);
            try (FileChannel out = FileChannel.open(draft, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            // A hard link, because a rename would replace a key that another process made
            // meanwhile.
            Files.createLink(file, draft);
            syncDirectory(directoryOf(file));
        } catch (FileAlreadyExistsException e) {
            // Made by somebody else just now; that one counts.
        } catch (GeneralSecurityException e) {
            throw new IOException("No host key can be made: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void publish(Path publicFile) throws IOException {
        Path draft = publicFile.resolveSibling(publicFile.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel out = FileChannel.open(draft, CREATE_NEW, WRITE)) {
            String line = PublicKeyEntry.toString(pair.getPublic()) + " keyhole\n";
            out.write(ByteBuffer.wrap(line.getBytes(US_ASCII)));
            out.force(true);
        }
        Files.move(draft, publicFile, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(directoryOf(publicFile));
    }

    private static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    /** What people compare when they connect for the first time. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(blob());
    }

    KeyPair pair() {
        return pair;
    }

    /** The public key in the wire format of RFC 4253, section 6.6. */
    byte[] blob() {
        var blob = new ByteArrayBuffer();
        blob.putRawPublicKey(pair.getPublic());
        return blob.getCompactData();
    }

    /** A signature over the session and this key, as the client wants it: algorithm and signature (RFC 8709, section 6). */
    byte[] proof(String request, DoorSession session) throws Exception {
        var signed = new ByteArrayBuffer();
        signed.putString(request);
        signed.putBytes(session.getSessionId());
        signed.putBytes(blob());
        Signature signature = BuiltinSignatures.ed25519.create();
        signature.initSigner(session, pair.getPrivate());
        signature.update(session, signed.getCompactData());
        var proof = new ByteArrayBuffer();
        proof.putString(KeyPairProvider.SSH_ED25519);
        proof.putBytes(signature.sign(session));
        return proof.getCompactData();
    }

    /** The type, for messages. */
    String type() {
        return KeyUtils.getKeyType(pair);
    }
}
