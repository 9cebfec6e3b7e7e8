package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code /proc}. A process that vanishes while it is read is not there. Thread-safe. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** Names one run of the kernel: start times and pids of another one mean nothing. */
    String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    Optional<ProcessEntry> entry(long pid) {
        Path directory = PROC.resolve(Long.toString(pid));
        try {
            String stat = new String(Files.readAllBytes(directory.resolve("stat")), ISO_8859_1);
            String status = new String(Files.readAllBytes(directory.resolve("status")), ISO_8859_1);
            return Optional.of(parse(pid, stat, status));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The live process of that pid, if it is the very one that started then. */
    Optional<ProcessEntry> alive(long pid, long startTime) {
        return pid <= 0
                ? Optional.empty()
                : entry(pid).filter(found -> found.startTime() == startTime && found.isAlive());
    }

    /** Every live process of a user, oldest first. */
    List<ProcessEntry> of(long uid) {
        List<ProcessEntry> found = new ArrayList<>();
        try (var pids = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path pid : pids) {
                entry(Long.parseLong(pid.getFileName().toString()))
                        .filter(entry -> entry.uid() == uid && entry.isAlive())
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        found.sort(
                java.util.Comparator.comparingLong(ProcessEntry::startTime)
                        .thenComparingLong(ProcessEntry::pid));
        return found;
    }

    /** Whether a process was started with that variable; false when its environment may not be read. */
    boolean hasVariable(long pid, String name, String value) {
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            return ("\0" + new String(environment, ISO_8859_1) + "\0")
                    .contains("\0" + name + "=" + value + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process has chosen not to hear a signal: the bit mask SigIgn of proc(5). */
    boolean ignores(long pid, int signal) {
        try {
            String status =
                    new String(Files.readAllBytes(PROC.resolve(pid + "/status")), ISO_8859_1);
            return status.lines()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
        } catch (IOException e) {
            return false;
        }
    }

    static ProcessEntry parse(long pid, String stat, String status) throws IOException {
        // The command's name may hold spaces and brackets, so fields are counted from the last
        // bracket.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        String uids =
                status.lines()
                        .filter(line -> line.startsWith("Uid:"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no Uid in /proc/" + pid + "/status"));
        return new ProcessEntry(
                pid,
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]),
                Long.parseLong(uids.split("\\s+")[1]));
    }
}
