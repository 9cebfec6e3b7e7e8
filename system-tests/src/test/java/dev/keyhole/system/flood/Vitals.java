package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Heap;
import dev.keyhole.system.Processes;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * What a door holds at a moment.
 *
 * @param openFiles file descriptors
 * @param threads of the operating system
 * @param heap what is left after a full collection, in KiB
 */
record Vitals(long openFiles, long threads, long heap) {
    /** A twentieth of what was there, and no less than this, which is noise of a door at rest. */
    private static final Vitals NOISE = new Vitals(8, 8, 4 * 1024);

    private static final int TWENTIETH = 20;

    static Vitals of(long pid) {
        long heap = Heap.usedKibibytes(pid);
        return new Vitals(Processes.openFiles(pid), Processes.threads(pid), heap);
    }

    /** Waits until a process holds no more than this again. */
    void awaitAgain(long pid) {
        Awaitility.await("everything is given back")
                .atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    Vitals now = of(pid);
                    assertThat(now.openFiles)
                            .as("file descriptors")
                            .isLessThanOrEqualTo(most(openFiles, NOISE.openFiles));
                    assertThat(now.threads)
                            .as("threads")
                            .isLessThanOrEqualTo(most(threads, NOISE.threads));
                    assertThat(now.heap)
                            .as("heap in KiB")
                            .isLessThanOrEqualTo(most(heap, NOISE.heap));
                });
    }

    private static long most(long before, long noise) {
        return before + Math.max(before / TWENTIETH, noise);
    }
}
