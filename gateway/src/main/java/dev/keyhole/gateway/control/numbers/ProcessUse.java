package dev.keyhole.gateway.control.numbers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the door's own process uses of the machine.
 *
 * @param heapUsed bytes
 * @param heapMost bytes that the heap may grow to
 * @param nonHeapUsed bytes
 * @param collectors the JVM's garbage collectors and their work so far
 * @param threads platform threads
 * @param files file descriptors that are open; empty where /proc does not tell
 * @param cpu time on processors so far
 * @param started when the process was started
 */
public record ProcessUse(
        long heapUsed,
        long heapMost,
        long nonHeapUsed,
        List<Collector> collectors,
        int threads,
        OptionalLong files,
        Duration cpu,
        Instant started) {
    private static final Path FILES = Path.of("/proc/self/fd");

    /** One garbage collector. */
    public record Collector(String name, long runs, Duration time) {}

    /** As of now. */
    public static ProcessUse now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        List<Collector> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.add(
                    new Collector(
                            one.getName(),
                            Math.max(0, one.getCollectionCount()),
                            Duration.ofMillis(Math.max(0, one.getCollectionTime()))));
        }
        return new ProcessUse(
                heap.getUsed(),
                heap.getMax(),
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(),
                collectors,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openFiles(),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    private static OptionalLong openFiles() {
        long count = 0;
        try (var files = Files.newDirectoryStream(FILES)) {
            for (Path file : files) {
                count += file.getNameCount() > 0 ? 1 : 0;
            }
            return OptionalLong.of(count - 1); // the one that looks
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            return OptionalLong.empty();
        }
    }
}
