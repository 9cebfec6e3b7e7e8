package dev.keyhole.gateway.model;

import java.util.regex.Pattern;

/**
 * The name of a service, as a person types it in {@code -L 8000:jupyter:1}: a lower-case DNS label of at most 32
 * letters that is not {@code localhost}.
 *
 * @throws IllegalArgumentException with a sentence for a person, when the name breaks that grammar
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
    // Before the constants, whose constructor needs it.
    private static final Pattern GRAMMAR = Pattern.compile("[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?");

    public static final ServiceName JUPYTER = new ServiceName("jupyter");
    public static final ServiceName TENSORBOARD = new ServiceName("tensorboard");

    /** The door's own numbers; no workspace has it, and only admins reach it. */
    public static final ServiceName METRICS = new ServiceName("metrics");

    public ServiceName {
        if (!GRAMMAR.matcher(value).matches() || value.equals("localhost")) {
            throw new IllegalArgumentException(
                    "A service's name is 1-32 of a-z, 0-9 and -, like a DNS label");
        }
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
