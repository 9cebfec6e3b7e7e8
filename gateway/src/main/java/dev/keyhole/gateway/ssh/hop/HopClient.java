package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.ssh.Algorithms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentityLoader;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.kex.extension.DefaultClientKexExtensionHandler;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.random.SingletonRandomFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/** MINA's client with everything that it would do by itself switched off. Keeps no state. */
final class HopClient {
    static final Duration KEEPALIVE = Duration.ofSeconds(15);
    static final int MOST_UNANSWERED = 3;

    /** What a host wants to open at our side. */
    private static final class NeverOpened implements ChannelFactory {
        @Override
        public String getName() {
            return "never-opened@keyhole.dev";
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            throw new IOException("a host opens no channels");
        }
    }

    private HopClient() {}

    /**
     * Not started yet.
     *
     * @param keepalive between two questions whether a host is still there
     */
    static SshClient make(Duration keepalive) {
        SshClient client =
                ClientBuilder.builder()
                        .randomFactory(new SingletonRandomFactory(SecurityUtils.getRandomFactory()))
                        .build();
        Algorithms.apply(client, ClientBuilder.DH2KEX);
        client.setKexExtensionHandler(DefaultClientKexExtensionHandler.INSTANCE);
        client.setIoServiceFactoryFactory(HopRoad.factory());
        client.setSessionFactory(HopSession.factory(client));
        // Each session sets the one key and the one identity; this is what a mistake would meet.
        client.setServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setClientIdentityLoader(ClientIdentityLoader.DEFAULT);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setAgentFactory(null);
        client.setChannelFactories(List.of(new NeverOpened()));
        client.setGlobalRequestHandlers(
                List.of(KeepAliveHandler.INSTANCE, HopClient::otherHostKeys));
        limit(client, keepalive);
        return client;
    }

    /** OpenSSH tells which other host keys it has (hostkeys-00@openssh.com); one is pinned, and stays it. */
    private static RequestHandler.Result otherHostKeys(
            ConnectionService service, String request, boolean wantReply, Buffer content) {
        return request.equals("hostkeys-00@openssh.com") && !wantReply
                ? RequestHandler.Result.Replied
                : RequestHandler.Result.Unsupported;
    }

    private static void limit(SshClient client, Duration keepalive) {
        CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "Keyhole");
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, keepalive);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MOST_UNANSWERED);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.DISCONNECT_TIMEOUT.set(client, Duration.ofSeconds(2));
        CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(client, Duration.ofSeconds(5));
        CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(3));
    }
}
