package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.model.PrincipalName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LingeringTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void itIsLookedAtUntilItIsOverAndThenNoMore() {
        AtomicInteger looks = new AtomicInteger();
        Lingering lingering = new Lingering(OFTEN, owner -> looks.incrementAndGet() == 3);

        lingering.watch(ADA);

        await().untilAsserted(() -> assertThat(looks).hasValue(3));
        await().during(OFTEN.multipliedBy(20)).until(() -> looks.get() == 3);
    }

    @Test
    void whoIsWatchedAlreadyIsNotWatchedTwice() {
        AtomicInteger looks = new AtomicInteger();
        Lingering lingering =
                new Lingering(
                        Duration.ofMillis(100),
                        owner -> {
                            looks.incrementAndGet();
                            return true;
                        });

        for (int i = 0; i < 10; i++) {
            lingering.watch(ADA);
        }

        await().until(() -> looks.get() > 0);
        await().during(Duration.ofMillis(150)).until(() -> looks.get() == 1);
    }

    @Test
    void eachIsLookedAtByItselfAndCanBeWatchedAgain() {
        AtomicInteger hers = new AtomicInteger();
        AtomicInteger his = new AtomicInteger();
        Lingering lingering =
                new Lingering(
                        OFTEN,
                        owner -> {
                            (owner.equals(ADA) ? hers : his).incrementAndGet();
                            return true;
                        });

        lingering.watch(ADA);
        lingering.watch(BOB);
        await().until(() -> hers.get() == 1 && his.get() == 1);

        await("she can be watched again")
                .until(() -> {
                    lingering.watch(ADA);
                    return hers.get() > 1;
                });
        assertThat(his).hasValue(1);
    }
}
