package dev.keyhole.gateway.ssh.hop;

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
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * A private key of the door's own, for logging in somewhere: OpenSSH's format, mode 0600, without a passphrase. Files are
 * written whole or not at all.
 */
public final class IdentityFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final KeyPair pair;

    private IdentityFile(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Loads it, or makes an ed25519 key when there is none.
     *
     * @throws IOException with a reason for people
     */
    public static IdentityFile loadOrMake(Path file, String comment) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
                var text = new ByteArrayOutputStream();
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, text);
                place(file, text.toByteArray());
            } catch (FileAlreadyExistsException e) {
                // Made by somebody else just now; that one counts.
            } catch (GeneralSecurityException e) {
                throw new IOException("no key can be made (" + e.getMessage() + ")", e);
            }
        }
        return load(file);
    }

    /**
     * Puts a private key that was given there, if it is one that works without a passphrase, in place of another one.
     *
     * @throws IOException with a reason for people
     */
    public static IdentityFile keep(byte[] text, Path file) throws IOException {
        IdentityFile identity = read(text, "the private key");
        Files.deleteIfExists(file);
        place(file, text);
        return identity;
    }

    /** @throws IOException with a reason for people: gone, open to others, or no key */
    public static IdentityFile load(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("its private key " + file + " is gone");
        }
        Set<PosixFilePermission> mode =
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER_ONLY.containsAll(mode)) {
            throw new IOException(
                    "its private key "
                            + file
                            + " is open to others ("
                            + PosixFilePermissions.toString(mode)
                            + ")");
        }
        return read(Files.readAllBytes(file), "its private key " + file);
    }

    private static IdentityFile read(byte[] text, String name) throws IOException {
        try (var in = new java.io.ByteArrayInputStream(text)) {
            for (KeyPair pair :
                    Objects.requireNonNullElse(
                            SecurityUtils.loadKeyPairIdentities(
                                    null, NamedResource.ofName(name), in, null),
                            java.util.List.<KeyPair>of())) {
                return new IdentityFile(pair);
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IOException(name + " cannot be read (" + e.getMessage() + ")", e);
        }
        throw new IOException(name + " holds no key");
    }

    /** A crash leaves either no file or a whole one. */
    private static void place(Path file, byte[] text) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path draft =
                Files.createTempFile(
                        directory,
                        ".identity-",
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel out = FileChannel.open(draft, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.createLink(file, draft);
            try (FileChannel names = FileChannel.open(directory)) {
                names.force(true);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    KeyPair pair() {
        return pair;
    }

    /** What a host's authorized_keys needs, without a comment. */
    public String publicLine() {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    public Fingerprint fingerprint() {
        return PinnedKey.fingerprint(pair.getPublic());
    }
}
