package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class StartWatchTest {
    private final AtomicReference<Optional<String>> step = new AtomicReference<>(Optional.empty());
    private final AtomicInteger looks = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private StartWatch watch() {
        return StartWatch.begin(
                () -> {
                    looks.incrementAndGet();
                    return step.get();
                },
                told::add);
    }

    @Test
    void eachStepIsToldOnceUntilItIsOver() {
        try (StartWatch watch = watch()) {
            await().until(() -> looks.get() > 0);
            assertThat(told).isEmpty();

            step.set(Optional.of("pulling"));
            await().until(() -> !told.isEmpty());
            int seen = looks.get();
            await().until(() -> looks.get() > seen);
            step.set(Optional.of("starting"));
            await().until(() -> told.size() > 1);
        }
        assertThat(told).containsExactly("pulling", "starting");
    }

    @Test
    void whatIsOverBeforeTheFirstLookIsNeverLookedAt() {
        watch().close();
        try (StartWatch other = watch()) {
            await("another one looks").until(() -> looks.get() > 0);
        }
        assertThat(looks).hasValue(1);
    }
}
