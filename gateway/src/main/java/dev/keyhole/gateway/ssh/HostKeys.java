package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host key that the door proves itself with, and those that it will or did: clients are told all of them after the
 * login and may ask for a proof of each (PROTOCOL of OpenSSH, section 2.5), so that a key can be changed without anybody
 * having to accept a new one blindly.
 *
 * <p>Immutable, therefore thread-safe.
 */
public final class HostKeys {
    static final String ANNOUNCE = "hostkeys-00@openssh.com";
    static final String PROVE = "hostkeys-prove-00@openssh.com";

    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    /** Enough for one that is, one that comes and one that goes. */
    private static final int MOST = 8;

    private final HostKey active;
    private final List<HostKey> all;

    private HostKeys(HostKey active, List<HostKey> others) {
        this.active = active;
        List<HostKey> together = new ArrayList<>(List.of(active));
        for (HostKey other : others) {
            if (together.stream().noneMatch(one -> one.fingerprint().equals(other.fingerprint()))) {
                together.add(other);
            }
        }
        this.all = List.copyOf(together);
    }

    /**
     * Loads the active key, or makes it when there has never been one, and all other {@code ssh_host_*_key} beside it.
     *
     * @throws IOException with a message for the operator, as {@link HostKey#loadOrMake}
     */
    public static HostKeys loadOrMake(Path file) throws IOException {
        HostKey active = HostKey.loadOrMake(file);
        List<HostKey> others = new ArrayList<>();
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(directory, "ssh_host_*_key")) {
            for (Path other : beside) {
                if (!other.equals(file.toAbsolutePath())) {
                    others.add(HostKey.load(other));
                }
            }
        }
        if (others.size() + 1 > MOST) {
            throw new IOException(
                    "There are more than "
                            + MOST
                            + " host keys in "
                            + directory
                            + ". Remove those that no client needs any more");
        }
        return new HostKeys(active, others);
    }

    /** Why the file no longer holds the active key; empty while it does. A restart would need it. */
    public Optional<String> trouble(Path file) {
        try {
            return HostKey.load(file).fingerprint().equals(active.fingerprint())
                    ? Optional.empty()
                    : Optional.of(file + " holds another key than the door shows");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The one that proves the door at each key exchange. */
    public HostKey active() {
        return active;
    }

    /** How many are announced. */
    int count() {
        return all.size();
    }

    KeyPairProvider provider() {
        return KeyPairProvider.wrap(active.pair());
    }

    /** Tells a client that has just logged in. */
    void announce(DoorSession session) {
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, 128);
        buffer.putString(ANNOUNCE);
        buffer.putBoolean(false);
        all.forEach(key -> buffer.putBytes(key.blob()));
        try {
            session.writePacket(buffer);
        } catch (IOException e) {
            LOG.debug("{} is going away", session.arrival().session());
        }
    }

    /** Answers a client that wants the proof for keys that are new to it. */
    RequestHandler<ConnectionService> proof() {
        return (service, request, wantReply, buffer) -> {
            if (!request.equals(PROVE)) {
                return RequestHandler.Result.Unsupported;
            }
            DoorSession session = DoorSession.of(service.getSession());
            List<byte[]> signatures = new ArrayList<>();
            while (buffer.available() > 0) {
                byte[] wanted = buffer.getBytes();
                HostKey key =
                        all.stream()
                                .filter(one -> java.util.Arrays.equals(one.blob(), wanted))
                                .findFirst()
                                .orElse(null);
                if (key == null || signatures.size() >= MOST) {
                    return RequestHandler.Result.ReplyFailure;
                }
                signatures.add(key.proof(PROVE, session));
            }
            if (!wantReply || signatures.isEmpty()) {
                return RequestHandler.Result.ReplyFailure;
            }
            Buffer answer = session.createBuffer(SshConstants.SSH_MSG_REQUEST_SUCCESS, 128);
            signatures.forEach(answer::putBytes);
            session.writePacket(answer);
            return RequestHandler.Result.Replied;
        };
    }
}
