package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.model.PrincipalName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then at containers that run for the sake of commands only, until they end. Nobody waits for the exit of a
 * command's leftovers, so without it a container would stay for good after one `ssh HOST ls`. Thread-safe: a virtual thread
 * for each container that is looked at.
 */
final class Lingering {
    /** Looks at the container of that principal. */
    interface Look {
        /** @return whether it need not be looked at again */
        boolean isOver(PrincipalName owner);
    }

    private final Duration between;
    private final Look look;
    private final Set<PrincipalName> watched = ConcurrentHashMap.newKeySet();

    Lingering(Duration between, Look look) {
        this.between = between;
        this.look = look;
    }

    /** From now on, unless it is looked at already. */
    void watch(PrincipalName owner) {
        if (watched.add(owner)) {
            Thread.ofVirtual().name("[" + owner + " container]").start(() -> untilOver(owner));
        }
    }

    /** The look itself may find that it has to be watched again, and so must see that it is not. */
    private void untilOver(PrincipalName owner) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            boolean over = false;
            while (!over) {
                never.await(between.toMillis(), TimeUnit.MILLISECONDS);
                over = look.isOver(owner);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.remove(owner);
        }
    }
}
