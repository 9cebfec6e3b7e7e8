package dev.keyhole.gateway.ssh;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells whoever waits for a start what it does now, until closed; a short start is over before there is anything to tell. */
final class StartWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Supplier<Optional<String>> step;
    private final Consumer<String> told;

    private StartWatch(Supplier<Optional<String>> step, Consumer<String> told) {
        this.step = step;
        this.told = told;
    }

    /**
     * Begins to look, on a virtual thread.
     *
     * @param step what the start does now
     * @param told hears each change, at most one a second
     */
    static StartWatch begin(Supplier<Optional<String>> step, Consumer<String> told) {
        StartWatch watch = new StartWatch(step, told);
        Thread.ofVirtual().name("start-watch").start(watch::untilOver);
        return watch;
    }

    private void untilOver() {
        Optional<String> last = Optional.empty();
        try {
            while (!over.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<String> now = step.get();
                if (now.isPresent() && !now.equals(last)) {
                    told.accept(now.get());
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
