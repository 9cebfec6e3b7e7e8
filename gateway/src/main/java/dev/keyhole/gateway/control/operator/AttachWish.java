package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code keyhole workspace attach} was given, understood.
 *
 * @param hostKey the fingerprint of the pinned one
 * @param privateKey in OpenSSH's format; absent when the door makes one
 */
record AttachWish(AttachedHost host, Fingerprint hostKey, Optional<String> privateKey) {
    private static final Pattern PLACE =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");
    private static final Pattern SERVICE = Pattern.compile("([^=]+)=(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /** @throws OperatorRefusal with everything that is wrong with it */
    static AttachWish read(
            PrincipalName owner,
            Fields fields,
            HopKeys keys,
            ServiceCatalog catalog,
            AddressRules rules,
            Instant now)
            throws OperatorRefusal {
        Problems problems = new Problems();
        String address = fields.needed("address");
        String user = fields.needed("user");
        String hostKey = fields.needed("hostKey").strip();
        List<String> services = fields.texts("services");
        Optional<String> privateKey = fields.text("key");
        List<SharedAddress> resolved =
                problems.value("--address", () -> SharedAddressText.read(address));
        SshHost.Place.Tcp place = problems.value("--address", () -> place(address));
        if (!USER.matcher(user).matches()) {
            problems.value("--user: it is no login name");
        }
        Fingerprint pinned = problems.value("--host-key", () -> keys.hostKey(hostKey));
        SortedMap<ServiceName, Integer> ports =
                problems.value("--service", () -> services(services, catalog));
        problems.refuseIfAny();
        requireAllowed(Objects.requireNonNull(resolved), rules);
        return new AttachWish(
                new AttachedHost(
                        owner,
                        Objects.requireNonNull(place),
                        user,
                        hostKey,
                        Objects.requireNonNull(ports),
                        now),
                Objects.requireNonNull(pinned),
                privateKey);
    }

    private static SshHost.Place.Tcp place(String text) {
        Matcher parts = PLACE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("write HOST:PORT or [IPV6]:PORT");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new SshHost.Place.Tcp(host, port(parts.group(3)));
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        return port;
    }

    /** Jupyter where everybody has it, if nothing is said. */
    private static SortedMap<ServiceName, Integer> services(
            List<String> texts, ServiceCatalog catalog) {
        SortedMap<ServiceName, Integer> ports = new TreeMap<>();
        for (String text : texts) {
            Matcher parts = SERVICE.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("write NAME=PORT, such as jupyter=8888");
            }
            ServiceName name = new ServiceName(parts.group(1));
            if (!catalog.ports().containsKey(name)) {
                throw new IllegalArgumentException(
                        "workspaces have no "
                                + name
                                + "; there are: "
                                + String.join(
                                        ", ",
                                        catalog.ports().keySet().stream()
                                                .map(ServiceName::value)
                                                .toList()));
            }
            ports.put(name, port(parts.group(2)));
        }
        if (ports.isEmpty()) {
            ports.put(ServiceName.JUPYTER, catalog.ports().getOrDefault(ServiceName.JUPYTER, 8888));
        }
        return ports;
    }

    private static void requireAllowed(List<SharedAddress> addresses, AddressRules rules)
            throws OperatorRefusal {
        for (SharedAddress address : addresses) {
            Optional<String> why = rules.refusal(address);
            if (why.isPresent()) {
                throw OperatorRefusal.of(
                        ExitStatus.REFUSED,
                        Code.ADDRESS_REFUSED,
                        why.get() + ". Nothing was changed.");
            }
        }
    }
}
