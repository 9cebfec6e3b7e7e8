package dev.keyhole.system.store;

import dev.keyhole.system.Door;
import dev.keyhole.system.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Somebody who changes people all the time, and what a door has promised about them. Used by one thread. */
final class Changes {
    private final Set<Integer> there = new TreeSet<>();
    private final Set<Integer> unknown = new TreeSet<>(); // asked for when the door died
    private int next;

    /** Changes until the door is killed, some milliseconds after that many changes were done. */
    void untilKilled(Door door, int changes, int milliseconds, Runnable kill)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(door.setup().place(), "changes", ".out");
        Process writer =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                "-B",
                                Places.checkout()
                                        .resolve("system-tests/src/test/python/store/changes.py")
                                        .toString(),
                                door.home().toString(),
                                "" + next)
                        .redirectOutput(out.toFile())
                        .redirectError(
                                ProcessBuilder.Redirect.to(
                                        door.setup().place().resolve("changes.err").toFile()))
                        .start();
        try {
            Awaitility.await("some changes are done")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.readAllLines(out).size() > 2 * changes);
            if (writer.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "it ended by itself: "
                                + Files.readString(door.setup().place().resolve("changes.err")));
            }
            kill.run();
            writer.waitFor();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        Files.readAllLines(out).forEach(this::read);
        Files.delete(out);
    }

    private void read(String line) {
        boolean asked = line.startsWith("?");
        String change = asked ? line.substring(1) : line;
        int number = Integer.parseInt(change.substring(1));
        if (asked) {
            unknown.add(number);
        } else {
            unknown.remove(number);
            if (change.startsWith("+")) {
                there.add(number);
            } else {
                there.remove(number);
            }
        }
        next = Math.max(next, number + 1);
    }

    /** Fails unless these are all that were promised, and at most the change besides that nobody was told about. */
    void settle(List<Integer> found) {
        Set<Integer> missing = new TreeSet<>(there);
        missing.removeAll(found);
        missing.removeAll(unknown);
        Set<Integer> unexpected = new TreeSet<>(found);
        unexpected.removeAll(there);
        unexpected.removeAll(unknown);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new AssertionError(
                    "promised and missing: " + missing + "; never promised: " + unexpected);
        }
        there.clear();
        there.addAll(found);
        unknown.clear();
    }
}
