package dev.keyhole.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A look at the process table. */
public final class Processes {
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** Everything that runs with this directory in its command line or as a part of its working directory. */
    public static List<String> of(Path home) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String pid = entry.getFileName().toString();
                if (pid.matches("[0-9]+")) {
                    String command = commandLine(entry);
                    if (command.contains(home.toString()) || worksIn(entry, home)) {
                        found.add(pid + " " + command);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String commandLine(Path entry) {
        try {
            return new String(Files.readAllBytes(entry.resolve("cmdline")), UTF_8)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean worksIn(Path entry, Path home) {
        try {
            return Files.readSymbolicLink(entry.resolve("cwd")).startsWith(home);
        } catch (IOException e) {
            return false;
        }
    }

    /** Resident memory of a process in MiB. */
    public static long residentMebibytes(long pid) {
        return status(pid, "VmRSS") / 1024;
    }

    public static long threads(long pid) {
        return status(pid, "Threads");
    }

    private static long status(long pid, String field) {
        try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many file descriptors a process has open. */
    public static long openFiles(long pid) {
        try (Stream<Path> files = Files.list(PROC.resolve(pid + "/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time used so far, user and system, in milliseconds. */
    public static long cpuMillis(long pid) {
        String[] fields = stat(pid);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    /** When it started, in the kernel's ticks since boot; with the id it names one process for ever. */
    public static long startedAt(long pid) {
        return Long.parseLong(stat(pid)[19]);
    }

    private static String[] stat(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isAlive(long pid) {
        try {
            return !Files.readString(PROC.resolve(pid + "/stat"))
                    .toLowerCase(Locale.ROOT)
                    .matches("(?s).*\\) z .*");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return false; // it ended while we read
        }
    }
}
