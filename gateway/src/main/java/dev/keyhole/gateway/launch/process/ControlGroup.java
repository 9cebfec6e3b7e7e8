package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * All processes of one workspace, as the kernel counts and limits them: one directory in each tree of version 1, or one
 * in the tree of version 2. Which files are there tells the version. See cgroups(7) and the kernel's
 * admin-guide/cgroup-v2.
 *
 * @param directories made by {@link #make}
 */
record ControlGroup(List<Path> directories) {
    private static final long PERIOD_MICROS = 100_000;
    private static final BigDecimal PERIOD = BigDecimal.valueOf(PERIOD_MICROS);

    /** What every program needs: null, zero, full, random, urandom, tty, ptmx, and terminals of its own. */
    private static final List<String> USUAL_DEVICES =
            List.of(
                    "c 1:3 rw",
                    "c 1:5 rw",
                    "c 1:7 rw",
                    "c 1:8 rw",
                    "c 1:9 rw",
                    "c 5:0 rw",
                    "c 5:2 rw",
                    "c 136:* rw");

    ControlGroup {
        directories = List.copyOf(directories);
    }

    /** Makes the directories; says what cannot be had. */
    List<IsolationPart> make() {
        List<IsolationPart> missing = new ArrayList<>();
        for (Path directory : directories) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                missing.add(IsolationPart.missing("groups", directory + ": " + e.getMessage()));
            }
        }
        return missing;
    }

    /** Puts limits in force, for what runs inside too; says which cannot be had. */
    List<IsolationPart> limit(Resources resources) {
        List<IsolationPart> missing = new ArrayList<>();
        check("memory", () -> limitMemory(resources.memoryBytes()), missing);
        check("cpu", () -> limitCpu(resources.cpus()), missing);
        check("pids", () -> limitPids(resources.pids()), missing);
        return missing;
    }

    /** Only these devices and the usual ones may be opened, where the kernel judges that by group (version 1). */
    void allowDevices(List<Path> nodes) throws IOException {
        Optional<Path> deny = file("devices.deny");
        if (deny.isEmpty()) {
            return;
        }
        write(deny.get(), "a");
        Path allow = deny.get().resolveSibling("devices.allow");
        for (String device : USUAL_DEVICES) {
            write(allow, device);
        }
        for (Path node : nodes) {
            long number = ((Number) Files.getAttribute(node, "unix:rdev")).longValue();
            long major = (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
            long minor = (number & 0xff) | (number >>> 12 & ~0xffL);
            write(allow, "c " + major + ":" + minor + " rw");
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void check(String word, Step step, List<IsolationPart> missing) {
        try {
            step.run();
        } catch (IOException e) {
            missing.add(
                    IsolationPart.missing(
                            word, "The kernel does not limit it here: " + e.getMessage()));
        }
    }

    private void limitMemory(OptionalLong bytes) throws IOException {
        Optional<Path> two = file("memory.max");
        if (two.isPresent()) {
            write(two.get(), bytes.isPresent() ? "" + bytes.getAsLong() : "max");
            Path swap = two.get().resolveSibling("memory.swap.max");
            if (Files.exists(swap)) {
                write(swap, bytes.isPresent() ? "0" : "max");
            }
            return;
        }
        Path one = need("memory.limit_in_bytes");
        Path both = one.resolveSibling("memory.memsw.limit_in_bytes");
        String value = bytes.isPresent() ? "" + bytes.getAsLong() : "-1";
        if (Files.exists(both)) {
            // Memory may never be above memory and swap: which comes first depends on the
            // direction.
            write(both, "-1");
            write(one, value);
            write(both, value);
        } else {
            write(one, value);
        }
    }

    private void limitCpu(Optional<BigDecimal> cpus) throws IOException {
        Optional<Long> quota = cpus.map(count -> count.multiply(PERIOD).longValue());
        Optional<Path> two = file("cpu.max");
        if (two.isPresent()) {
            write(two.get(), quota.map(Object::toString).orElse("max") + " " + PERIOD_MICROS);
            return;
        }
        Path one = need("cpu.cfs_quota_us");
        write(one.resolveSibling("cpu.cfs_period_us"), "" + PERIOD_MICROS);
        write(one, quota.map(Object::toString).orElse("-1"));
    }

    private void limitPids(OptionalInt pids) throws IOException {
        write(need("pids.max"), pids.isPresent() ? "" + pids.getAsInt() : "max");
    }

    /** From now on nothing inside can fork: a fork bomb cannot outrun its end. */
    void forbidForks() {
        try {
            write(need("pids.max"), "0");
        } catch (IOException e) {
            // then killing takes more rounds
        }
    }

    /** Asks the kernel to kill everything inside at once; version 2 since Linux 5.14. */
    void killAtOnce() {
        for (Path directory : directories) {
            Path kill = directory.resolve("cgroup.kill");
            try {
                if (Files.exists(kill)) {
                    write(kill, "1");
                }
            } catch (IOException e) {
                // then they are killed one by one
            }
        }
    }

    /** Whoever is inside now. */
    List<Long> members() throws IOException {
        List<Long> pids = new ArrayList<>();
        for (Path directory : directories) {
            try {
                for (String line : Files.readAllLines(directory.resolve("cgroup.procs"))) {
                    long pid = Long.parseLong(line.strip());
                    if (pid > 0 && !pids.contains(pid)) {
                        pids.add(pid);
                    }
                }
            } catch (NoSuchFileException e) {
                continue; // it was not made, or is removed already
            }
        }
        return pids;
    }

    /** How many of its processes were killed because it used all its memory. */
    long outOfMemoryKills() {
        for (String name : List.of("memory.events", "memory.oom_control")) {
            Optional<Path> file = file(name);
            if (file.isPresent()) {
                try (Stream<String> lines = Files.lines(file.get())) {
                    return lines.filter(line -> line.startsWith("oom_kill "))
                            .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                            .findFirst()
                            .orElse(0);
                } catch (IOException e) {
                    return 0;
                }
            }
        }
        return 0;
    }

    /** Removes the directories, once nobody is inside; with the last workspace those above that we made too. */
    void remove() throws IOException {
        for (Path directory : directories) {
            Files.deleteIfExists(directory);
            Path home = directory.resolve("..").normalize();
            for (Path above : List.of(home, home.resolve("..").normalize())) {
                try {
                    Files.deleteIfExists(above);
                } catch (IOException e) {
                    break; // others are in it
                }
            }
        }
    }

    private Optional<Path> file(String name) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    private Path need(String name) throws IOException {
        return file(name).orElseThrow(() -> new IOException("there is no " + name));
    }

    /** One write(2), as these files want it. */
    private static void write(Path file, String value) throws IOException {
        Files.write(
                file,
                value.getBytes(US_ASCII),
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
