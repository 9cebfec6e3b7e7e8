package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.Optional;

/** The kernel drops nothing, and why. */
record NoDrops(String reason) implements Drops {
    @Override
    public void drop(SourceGroup source, Duration time) {}

    @Override
    public void lift(SourceGroup source) {}

    @Override
    public void liftAll() {}

    @Override
    public DropNumbers numbers() {
        return new DropNumbers(0, 0, Optional.of(reason));
    }

    @Override
    public Optional<String> trouble() {
        return Optional.of("no kernel drops: " + reason);
    }
}
