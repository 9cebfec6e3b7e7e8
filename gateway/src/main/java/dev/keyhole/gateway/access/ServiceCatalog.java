package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.ServiceName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The services that every workspace has, with the virtual port of each. The same for everybody. Immutable. */
public final class ServiceCatalog {
    private final SortedMap<ServiceName, Integer> ports;
    private final boolean metrics;

    /**
     * @throws IllegalArgumentException when two services share a virtual port
     */
    public ServiceCatalog(Map<ServiceName, Integer> ports) {
        this(ports, false);
    }

    private ServiceCatalog(Map<ServiceName, Integer> ports, boolean metrics) {
        this.ports = new TreeMap<>(ports);
        this.metrics = metrics;
        if (ports.values().stream().distinct().count() != ports.size()) {
            throw new IllegalArgumentException("Two services have the same port: " + describe());
        }
    }

    /** The same, and where asked for the door's own numbers for admins, which have a name and no port. */
    public ServiceCatalog withMetrics(boolean offered) {
        return new ServiceCatalog(ports, offered);
    }

    /** Whether admins reach the door's numbers under their name. */
    public boolean offersMetrics() {
        return metrics;
    }

    /** The service behind a virtual port of {@code localhost}. */
    public Optional<ServiceName> at(int port) {
        return ports.entrySet().stream()
                .filter(entry -> entry.getValue() == port)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The service of that exact name. */
    public Optional<ServiceName> named(String name) {
        return ports.keySet().stream().filter(service -> service.value().equals(name)).findFirst();
    }

    /** Names and virtual ports, in the order of the names. */
    public SortedMap<ServiceName, Integer> ports() {
        return new TreeMap<>(ports);
    }

    /** {@code jupyter (8888), tensorboard (6006)}. */
    public String describe() {
        return ports.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
