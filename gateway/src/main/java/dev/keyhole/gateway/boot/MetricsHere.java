package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.metrics.MetricsServer;
import dev.keyhole.gateway.metrics.PrometheusText;
import dev.keyhole.gateway.workspace.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door's numbers as a service that admins reach through a forward, where the config offers it. Used by one thread. */
final class MetricsHere implements Closeable {
    private final Optional<Endpoint.Unix> place;
    private final Supplier<DoorNumbers> numbers;

    private @Nullable MetricsServer server; // from open to close

    MetricsHere(Optional<Endpoint.Unix> place, Supplier<DoorNumbers> numbers) {
        this.place = place;
        this.numbers = numbers;
    }

    /** Where it will answer; empty when the config does not offer it. */
    static Optional<Endpoint.Unix> at(Config config, HomeLayout home) throws IOException {
        return config.metrics().service()
                ? Optional.of(ControlPlace.metrics(home))
                : Optional.empty();
    }

    void open() throws IOException {
        if (place.isPresent()) {
            server = MetricsServer.open(place.get().socket(), numbers, PrometheusText::write);
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
