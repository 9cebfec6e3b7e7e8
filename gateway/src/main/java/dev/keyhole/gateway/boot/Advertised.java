package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The host that the laptop should connect to.
 *
 * @param isGuess whether nothing shows that it can be reached from outside
 */
public record Advertised(String host, boolean isGuess) {
    /**
     * What the person said; else the address that the current ssh login reached; else the machine's own name, which is
     * a guess.
     *
     * @param sshConnection {@code SSH_CONNECTION}: client's address and port, server's address and port
     */
    public static Advertised choose(
            Optional<String> advertise, Optional<String> sshConnection, String hostname) {
        return advertise
                .map(host -> new Advertised(host, false))
                .or(() -> sshConnection.flatMap(Advertised::reached))
                .orElseGet(() -> new Advertised(hostname, true));
    }

    private static Optional<Advertised> reached(String sshConnection) {
        String[] words = sshConnection.strip().split(" ");
        if (words.length != 4) {
            return Optional.empty();
        }
        Optional<InetAddress> client = AddressBlock.literal(words[0]);
        return AddressBlock.literal(words[2])
                .map(server ->
                        new Advertised(
                                words[2],
                                isInside(server)
                                        && !client.map(Advertised::isInside).orElse(true)));
    }

    /** Behind a translated address the login's server address is one that the laptop never sees. */
    private static boolean isInside(InetAddress address) {
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress();
    }
}
