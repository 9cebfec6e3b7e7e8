package dev.keyhole.gateway.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was written to a log since a moment.
 *
 * @param start how long the file was then
 */
record LogTail(Path file, long start) {
    private static final int LARGEST = 64 * 1024;

    /** Of everything that is written from now on. */
    static LogTail from(Path file) {
        try {
            return new LogTail(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            return new LogTail(file, 0);
        }
    }

    /** The last lines, oldest first; empty when there are none or they cannot be read. */
    List<String> lines(int most) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, log.length() - LARGEST);
            byte[] bytes = new byte[(int) Math.max(0, log.length() - from)];
            log.seek(from);
            log.readFully(bytes);
            List<String> lines = new String(bytes, UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - most), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
