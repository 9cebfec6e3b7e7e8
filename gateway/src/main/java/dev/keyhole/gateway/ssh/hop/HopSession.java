package dev.keyhole.gateway.ssh.hop;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;

/** A session with one host, which proves the pinned host key at every key exchange or loses it. */
final class HopSession extends ClientSessionImpl {
    /** Where the key stands in the context of a connect. */
    static final AttributeKey<PinnedKey> PINNED = new AttributeKey<>();

    private volatile @Nullable PublicKey strange;

    private HopSession(ClientFactoryManager client, IoSession ioSession, PinnedKey pinned)
            throws Exception {
        super(client, ioSession);
        setServerKeyVerifier((session, address, proven) -> {
            boolean same = pinned.is(proven);
            strange = same ? null : proven;
            return same;
        });
        setSignatureFactories(pinnedFirst(pinned, client.getSignatureFactories()));
    }

    /** A host may have keys of several types; it proves the type that comes first with us. */
    private static List<NamedFactory<Signature>> pinnedFirst(
            PinnedKey pinned, List<NamedFactory<Signature>> all) {
        String type = pinned.type().equals("ssh-rsa") ? "rsa-sha2" : pinned.type();
        List<NamedFactory<Signature>> sorted = new ArrayList<>(all);
        sorted.sort(
                Comparator.comparing(one ->
                        !(one.getName().startsWith(type) && !one.getName().contains("-cert-"))));
        return sorted;
    }

    static SessionFactory factory(ClientFactoryManager client) {
        return new SessionFactory(client) {
            @Override
            protected ClientSessionImpl doCreateSession(IoSession ioSession) throws Exception {
                var context =
                        (AttributeRepository)
                                Objects.requireNonNull(
                                        ioSession.getAttribute(AttributeRepository.class));
                return new HopSession(
                        getClient(),
                        ioSession,
                        Objects.requireNonNull(context.getAttribute(PINNED)));
            }
        };
    }

    /** The key that the host proved although it is not the pinned one. */
    Optional<PublicKey> strangeKey() {
        return Optional.ofNullable(strange);
    }

    /** Gives the channel its number; it can be opened then. */
    void register(FarChannel channel) throws IOException {
        ConnectionService service = getService(ConnectionService.class);
        if (service == null) {
            throw new IOException("the session with the host is over");
        }
        service.registerChannel(channel);
    }
}
