package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Tells whether the process has file descriptors to spare for one more connection. Some are kept back for what must go on
 * when strangers have taken the others: the audit, the store, forwards of those who are in already, operators.
 *
 * <p>Counting is a look into {@code /proc} and costs more the more there are, so it is done a few times a second and
 * accepts are added in between. Thread-safe.
 */
final class FileRoom {
    private static final Path SELF = Path.of("/proc/self");
    private static final Duration COUNTED_FOR = Duration.ofMillis(100);

    private static final long LEAST_RESERVE = 48;
    private static final long MOST_RESERVE = 512;

    private final LongSupplier limit;
    private final LongSupplier open;
    private final LongSupplier clock;

    // Guarded by this.
    private long most;
    private long counted;
    private long countedAt;
    private boolean everCounted;

    /**
     * @param limit how many the process may have now; prlimit(1) changes it
     * @param open counts those that it has
     * @param clock nanoseconds, monotonic
     */
    FileRoom(LongSupplier limit, LongSupplier open, LongSupplier clock) {
        this.limit = limit;
        this.open = open;
        this.clock = clock;
    }

    /** What proc(5) says about this process. */
    static FileRoom ofThisProcess() {
        return new FileRoom(FileRoom::limit, FileRoom::open, System::nanoTime);
    }

    private static long limit() {
        try (Stream<String> lines = Files.lines(SELF.resolve("limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +")[3])
                    .mapToLong(soft ->
                            soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            return 0; // not even one is left to look with
        }
    }

    private static long open() {
        try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
            return files.count();
        } catch (IOException e) {
            return Long.MAX_VALUE; // not even one is left to look with
        }
    }

    /** Notes one more connection; false when there is no room for it. */
    synchronized boolean takesOneMore() {
        long now = clock.getAsLong();
        if (!everCounted || now - countedAt > COUNTED_FOR.toNanos()) {
            everCounted = true;
            long all = limit.getAsLong();
            most = all - Math.clamp(all / 8, LEAST_RESERVE, MOST_RESERVE);
            counted = open.getAsLong();
            countedAt = now;
        } else if (counted < Long.MAX_VALUE) {
            counted++;
        }
        return counted <= most;
    }
}
