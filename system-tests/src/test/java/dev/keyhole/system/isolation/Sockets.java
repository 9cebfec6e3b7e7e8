package dev.keyhole.system.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What processes listen on, as the kernel's tables tell. */
final class Sockets {
    private static final String LISTEN = "0A";
    private static final String LISTENING_FLAG = "00010000";

    private Sockets() {}

    /** The ports on which one of these processes listens, on whatever address. */
    static Set<Integer> tcpPorts(Collection<Long> pids) {
        Set<String> inodes = inodes(pids);
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            lines(pids, table)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[3].equals(LISTEN) && inodes.contains(fields[9]))
                    .map(fields -> fields[1].substring(fields[1].indexOf(':') + 1))
                    .forEach(port -> ports.add(Integer.parseInt(port, 16)));
        }
        return ports;
    }

    /** The unix sockets with a name on which one of these processes listens. */
    static Set<Path> unixPaths(Collection<Long> pids) {
        Set<String> inodes = inodes(pids);
        return lines(pids, "unix")
                .map(line -> line.strip().split("\\s+", 8))
                .filter(fields -> fields.length == 8 && fields[7].startsWith("/"))
                .filter(fields -> fields[3].equals(LISTENING_FLAG) && inodes.contains(fields[6]))
                .map(fields -> Path.of(fields[7]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The kernel's tables of every network that one of these processes has: each workspace's is its own. */
    private static Stream<String> lines(Collection<Long> pids, String table) {
        Set<String> all = new LinkedHashSet<>();
        for (long pid : pids) {
            try {
                all.addAll(Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table)));
            } catch (IOException e) {
                continue; // it has just ended
            }
        }
        return all.stream()
                .filter(line -> !line.strip().startsWith("sl ") && !line.startsWith("Num "));
    }

    private static Set<String> inodes(Collection<Long> pids) {
        return pids.stream().flatMap(Sockets::inodesOf).collect(Collectors.toSet());
    }

    private static Stream<String> inodesOf(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open
                    .map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // it has just ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
