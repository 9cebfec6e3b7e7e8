package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.ssh.StreamSocket;
import dev.keyhole.gateway.ssh.Timers;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a host and logs in. Blocks for {@link #PATIENCE} at most, whatever the host does; nothing is left open when
 * it fails. Thread-safe.
 */
final class Login {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SshClient client;
    private final Timers timers;

    Login(SshClient client, Timers timers) {
        this.client = client;
        this.timers = timers;
    }

    HopSession step(SshHost host) throws HopFailure, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        PinnedKey pinned = pinned(host);
        IdentityFile identity = identity(host);
        StreamSocket socket = connect(host);
        HopSession session = null;
        boolean loggedIn = false;
        try {
            session = session(host, pinned, socket, left(deadline));
            session.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(identity.pair()));
            AuthFuture login = Wait.done(session.auth(), left(deadline));
            if (!login.isSuccess()) {
                throw new IOException(login.getException());
            }
            loggedIn = true;
            return session;
        } catch (TimeoutException e) {
            throw unreachable(host, "no login within " + PATIENCE.toSeconds() + " s");
        } catch (IOException e) {
            throw explained(host, pinned, identity, session, e);
        } finally {
            if (!loggedIn) {
                close(session, socket);
            }
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static PinnedKey pinned(SshHost host) throws HopFailure {
        try {
            return PinnedKey.read(host.hostKey());
        } catch (IllegalArgumentException e) {
            throw unreachable(host, "its pinned host key cannot be read: " + e.getMessage());
        }
    }

    private static IdentityFile identity(SshHost host) throws HopFailure {
        try {
            return IdentityFile.load(host.identity());
        } catch (IOException e) {
            throw failure(
                    Code.HOST_LOGIN_REFUSED,
                    host + " cannot be logged in to: " + e.getMessage() + ".");
        }
    }

    private StreamSocket connect(SshHost host) throws HopFailure {
        try {
            return HostSocket.connect(host.place(), timers, PATIENCE);
        } catch (IOException e) {
            throw unreachable(host, reason(e));
        }
    }

    private HopSession session(
            SshHost host, PinnedKey pinned, StreamSocket socket, Duration patience)
            throws IOException, TimeoutException, InterruptedException {
        // The address is never used: the socket is connected.
        HostConfigEntry entry = new HostConfigEntry("", "127.0.0.1", 1, host.user());
        entry.setIdentitiesOnly(true);
        AttributeRepository context =
                AttributeRepository.ofAttributesMap(
                        Map.of(HopRoad.SOCKET, socket, HopSession.PINNED, pinned));
        ConnectFuture connected = Wait.done(client.connect(entry, context, null), patience);
        if (connected.getSession() instanceof HopSession session) {
            return session;
        }
        throw new IOException(connected.getException());
    }

    private static HopFailure explained(
            SshHost host,
            PinnedKey pinned,
            IdentityFile identity,
            @Nullable HopSession session,
            IOException why) {
        PublicKey strange = session == null ? null : session.strangeKey().orElse(null);
        if (strange != null) {
            return failure(
                    Code.HOST_KEY_CHANGED,
                    host.place()
                            + " proves the host key "
                            + PinnedKey.fingerprint(strange)
                            + ", and "
                            + pinned.fingerprint()
                            + " is pinned. Nothing was sent to it.");
        }
        if (why.getCause() instanceof SshException ssh
                && ssh.getDisconnectCode()
                        == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            return failure(
                    Code.HOST_LOGIN_REFUSED,
                    host.place()
                            + " refuses "
                            + host.user()
                            + " with the key "
                            + identity.fingerprint()
                            + ".");
        }
        return unreachable(host, reason(why));
    }

    private static HopFailure unreachable(SshHost host, String why) {
        return failure(Code.HOST_UNREACHABLE, host.place() + " cannot be reached: " + why + ".");
    }

    private static HopFailure failure(Code code, String what) {
        return HopFailure.of(new Refusal(code, what + " " + code.nextMove(), what));
    }

    private static String reason(Throwable why) {
        Throwable last = why;
        while (last.getCause() != null && !(last instanceof SshException)) {
            last = last.getCause();
        }
        String text = last.getMessage();
        return text == null ? last.getClass().getSimpleName() : text;
    }

    private static void close(@Nullable HopSession session, StreamSocket socket) {
        if (session != null) {
            session.close(true);
        }
        try {
            socket.close();
        } catch (IOException e) {
            // it was closed
        }
    }
}
