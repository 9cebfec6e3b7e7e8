package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Code;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Decides what a forward may reach. It compares strings with a table and looks nothing up: what is not in the table does
 * not exist. That is why DNS rebinding, other spellings of loopback, and metadata addresses have nothing to get hold of.
 *
 * <p>Immutable, therefore thread-safe.
 */
public final class Judge {
    /** The only three spellings of "my workspace"; every other one is refused, not normalised. */
    private static final Set<String> MY_WORKSPACE = Set.of("localhost", "127.0.0.1", "::1");

    private static final int LONGEST_ECHO = 64;

    private final ServiceCatalog services;
    private final boolean ownLoopback;
    private final IntPredicate forbiddenPorts;

    /**
     * @param ownLoopback whether other loopback ports may be asked for; the endpoint's owner is still checked later
     * @param forbiddenPorts whether a loopback port is the door's own; thread-safe
     */
    public Judge(ServiceCatalog services, boolean ownLoopback, IntPredicate forbiddenPorts) {
        this.services = services;
        this.ownLoopback = ownLoopback;
        this.forbiddenPorts = forbiddenPorts;
    }

    /**
     * Judges one {@code direct-tcpip} destination (RFC 4254, section 7.2).
     *
     * @param host as the client sent it
     * @param port as the client sent it, an unsigned 32-bit number
     */
    public Decision decide(Authenticated who, String host, long port) {
        if (port < 1 || port > 65535) {
            return denied(
                    Code.DESTINATION_INVALID,
                    "There is no port " + port + "; ports are 1-65535.",
                    host,
                    port);
        }
        if (MY_WORKSPACE.contains(host)) {
            return insideWorkspace(who, host, (int) port);
        }
        return services.named(host)
                .<Decision>map(service -> grant(who, service))
                .orElseGet(() ->
                        denied(
                                Code.SERVICE_UNKNOWN,
                                "There is no service '"
                                        + echo(host)
                                        + "'. You have "
                                        + services.describe()
                                        + "; use such a name, or localhost and its port.",
                                host,
                                port));
    }

    private Decision insideWorkspace(Authenticated who, String host, int port) {
        Optional<ServiceName> service = services.at(port);
        if (service.isPresent()) {
            return grant(who, service.get());
        }
        if (!ownLoopback) {
            return denied(
                    Code.SERVICE_UNKNOWN,
                    "No service has port " + port + ". You have " + services.describe() + ".",
                    host,
                    port);
        }
        if (forbiddenPorts.test(port)) {
            return denied(Code.NOT_YOUR_LISTENER, Code.NOT_YOUR_LISTENER.meaning(), host, port);
        }
        return new Grant(who, new Target.OwnLoopback(port));
    }

    private static Grant grant(Authenticated who, ServiceName service) {
        return new Grant(who, new Target.Service(service));
    }

    private static Decision denied(Code code, String text, String host, long port) {
        return new Decision.Denial(
                new Refusal(code, text, "destination " + echo(host) + ":" + port));
    }

    /** What a stranger typed goes back to a terminal: short, and nothing but plain letters. */
    private static String echo(String host) {
        String plain = host.replaceAll("[^A-Za-z0-9._:/\\[\\]%-]", "?");
        return plain.length() <= LONGEST_ECHO ? plain : plain.substring(0, LONGEST_ECHO) + "...";
    }
}
