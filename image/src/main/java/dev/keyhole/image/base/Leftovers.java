package dev.keyhole.image.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Half downloads of programs that were killed. They are told from those that go on by their age on the disk's own clock:
 * none stands still for an hour, because jib gives up on a registry that is silent for 20 s.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration OLD = Duration.ofHours(1);

    private Leftovers() {}

    /** Removes what is old in a directory of unfinished things; one that is not there is fine. */
    static void sweep(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            var marker = Files.createTempFile(directory, "now-", "");
            try {
                var before = Files.getLastModifiedTime(marker).toInstant().minus(OLD);
                for (var entry : children(directory)) {
                    if (newest(entry).isBefore(before)) {
                        remove(entry);
                    }
                }
            } finally {
                Files.deleteIfExists(marker);
            }
        } catch (IOException kept) {
            LOG.debug("{} could not be swept", directory, kept);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static Instant newest(Path entry) throws IOException {
        var newest = Files.getLastModifiedTime(entry).toInstant();
        if (Files.isDirectory(entry)) {
            for (var child : children(entry)) {
                var time = newest(child);
                newest = time.isAfter(newest) ? time : newest;
            }
        }
        return newest;
    }

    private static void remove(Path entry) throws IOException {
        try (var all = Files.walk(entry)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
