package dev.keyhole.system.container;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What engines make in the kernel and do not always take away. As root only. */
final class KernelTraces {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private KernelTraces() {}

    /** The packet filter's tables, as {@code ip nat}. */
    static List<String> tables() {
        return Ran.of(PATIENCE, "nft", "list", "tables")
                .stdout()
                .lines()
                .map(line -> line.replace("table ", ""))
                .toList();
    }

    static void removeTable(String table) {
        Ran.of(PATIENCE, ("nft delete table " + table).split(" "));
    }

    /** What is mounted below a directory, what was mounted last first. */
    static List<String> mounts(Path place) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" ")[1])
                    .filter(target -> Path.of(target).startsWith(place))
                    .toList()
                    .reversed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void unmountAll(Path place) {
        mounts(place).forEach(target -> Ran.of(PATIENCE, "umount", target));
    }

    /** Removes control groups that no process is in, in every tree. */
    static void removeGroups(String name) {
        try (Stream<Path> trees = Files.list(GROUPS)) {
            for (Path tree : (Iterable<Path>) trees::iterator) {
                removeGroup(tree.resolve(name));
            }
            removeGroup(GROUPS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeGroup(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return;
        }
        try (Stream<Path> all = Files.walk(group)) {
            for (Path directory :
                    all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(directory);
            }
        }
    }
}
