package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.Role;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Decides what a forward may reach. It compares strings with a table and looks nothing up: what is not in the table does
 * not exist. That is why DNS rebinding, other spellings of loopback, and metadata addresses have nothing to get hold of.
 *
 * <p>Thread-safe; it asks for the roster of the moment each time.
 */
public final class Judge {
    /** The only three spellings of "my workspace"; every other one is refused, not normalised. */
    static final Set<String> MY_WORKSPACE = Set.of("localhost", "127.0.0.1", "::1");

    private static final int LONGEST_ECHO = 64;

    private final ServiceCatalog services;
    private final boolean ownLoopback;
    private final IntPredicate forbiddenPorts;
    private final Supplier<Roster> roster;
    private final Function<Authenticated, Optional<Refusal>> standing;

    /**
     * @param ownLoopback whether other loopback ports may be asked for; the endpoint's owner is still checked later
     * @param forbiddenPorts whether a loopback port is the door's own; thread-safe
     * @param roster what stands now: shared services, and what each key may reach
     * @param standing {@link KeyRing#standing} as of now; thread-safe
     */
    public Judge(
            ServiceCatalog services,
            boolean ownLoopback,
            IntPredicate forbiddenPorts,
            Supplier<Roster> roster,
            Function<Authenticated, Optional<Refusal>> standing) {
        this.services = services;
        this.ownLoopback = ownLoopback;
        this.forbiddenPorts = forbiddenPorts;
        this.roster = roster;
        this.standing = standing;
    }

    /** Why a session may not go on; empty while all is well. Asked at every channel, and while nothing happens too. */
    public Optional<Refusal> standing(Authenticated who) {
        return standing.apply(who);
    }

    /**
     * Judges one {@code direct-tcpip} destination (RFC 4254, section 7.2).
     *
     * @param host as the client sent it
     * @param port as the client sent it, an unsigned 32-bit number
     */
    public Decision decide(Authenticated who, String host, long port) {
        Optional<Refusal> fallen = standing(who);
        if (fallen.isPresent()) {
            return new Decision.Denial(fallen.get());
        }
        if (!who.permitsForwarding()) {
            boolean certified = who.credential().certified().isPresent();
            Code code = certified ? Code.CERT_FORBIDS_FORWARDING : Code.KEY_FORBIDS_FORWARDING;
            return denied(code, code.meaning() + " " + code.nextMove(), host, port);
        }
        if (port < 1 || port > 65535) {
            return denied(
                    Code.DESTINATION_INVALID,
                    "There is no port " + port + "; ports are 1-65535.",
                    host,
                    port);
        }
        Roster now = roster.get();
        Decision wanted =
                MY_WORKSPACE.contains(host)
                        ? insideWorkspace(who, host, (int) port)
                        : named(now, who, host, port);
        return wanted instanceof Grant grant
                        && !KeyRights.permit(now, who.credential(), grant.target(), services)
                ? denied(
                        Code.SERVICE_NOT_PERMITTED,
                        Code.SERVICE_NOT_PERMITTED.meaning()
                                + " "
                                + Code.SERVICE_NOT_PERMITTED.nextMove(),
                        host,
                        port)
                : wanted;
    }

    /** What is shared with others does not exist for somebody to whom it was not granted. */
    private Decision named(Roster now, Authenticated who, String host, long port) {
        Optional<ServiceName> own = services.named(host);
        if (own.isPresent()) {
            return grant(who, own.get());
        }
        boolean metrics = mayReadMetrics(now, who);
        if (metrics && host.equals(ServiceName.METRICS.value())) {
            return new Grant(who, new Target.Metrics());
        }
        List<SharedService> granted =
                now.services().stream()
                        .filter(service -> service.grantees().contains(who.principal()))
                        .toList();
        return granted.stream()
                .filter(service -> service.name().value().equals(host))
                .findFirst()
                .<Decision>map(service -> new Grant(who, new Target.Shared(service)))
                .orElseGet(() -> unknown(granted, metrics, host, port));
    }

    /** The numbers of the door do not exist for a member, whatever it is called. */
    private boolean mayReadMetrics(Roster now, Authenticated who) {
        return services.offersMetrics()
                && now.principal(who.principal())
                        .filter(principal -> principal.role() == Role.ADMIN)
                        .isPresent();
    }

    private Decision unknown(List<SharedService> granted, boolean metrics, String host, long port) {
        StringBuilder all = new StringBuilder(services.describe());
        granted.forEach(service -> all.append(", ").append(service.name()));
        if (metrics) {
            all.append(", ").append(ServiceName.METRICS);
        }
        return denied(
                Code.SERVICE_UNKNOWN,
                "There is no service '"
                        + echo(host)
                        + "'. You have "
                        + all
                        + "; use such a name, or localhost and its port.",
                host,
                port);
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
