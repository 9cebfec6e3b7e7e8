package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where control groups can be made on this machine: below our own group in each tree of version 1, or in the tree of
 * version 2 below the systemd unit that put us into the leaf {@code door} of what it delegated, else at its top. Reads {@code /proc/self}.
 */
final class ControlGroups {
    private static final List<String> WANTED = List.of("memory", "cpu", "pids", "devices");

    /** Leaf of version 2 that we ourselves go into: a group with limited children may hold no process. */
    private static final String LEAF = "door";

    private final Path proc;
    private final String home;

    /** @param home a short name of the home */
    ControlGroups(String home) {
        this(Path.of("/proc/self"), home);
    }

    ControlGroups(Path proc, String home) {
        this.proc = proc;
        this.home = home;
    }

    private record Mount(String root, Path point, String type, List<String> options) {}

    /** The group of a workspace; nothing is made yet. */
    ControlGroup of(String workspace) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        List<Mount> mounts = mounts();
        List<String> own = Files.readAllLines(proc.resolve("cgroup"));
        for (String controller : WANTED) {
            for (Mount mount : mounts) {
                if (mount.type().equals("cgroup") && mount.options().contains(controller)) {
                    directories.add(
                            below(mount, path(own, controller))
                                    .resolve("keyhole")
                                    .resolve(home)
                                    .resolve(workspace));
                    break;
                }
            }
        }
        if (directories.isEmpty()) {
            for (Mount mount : mounts) {
                if (mount.type().equals("cgroup2")) {
                    directories.add(delegated(mount, path(own, "")).resolve(workspace));
                    break;
                }
            }
        }
        return new ControlGroup(List.copyOf(directories));
    }

    /** Version 2: makes the groups above a workspace's and lets them limit what is below. */
    private Path delegated(Mount mount, String own) throws IOException {
        Path group = below(mount, own);
        if (group.endsWith(LEAF)) {
            group = group.getParent() == null ? mount.point() : group.getParent();
        } else {
            // Somebody's login session is not ours to rearrange; and before version 254 systemd
            // could not start a unit again whose group has limited children.
            group = mount.point();
        }
        Path keyhole = group.resolve("keyhole");
        Path ours = keyhole.resolve(home);
        Files.createDirectories(ours);
        if (!enable(group)) {
            moveAway(group);
            enable(group);
        }
        enable(keyhole);
        enable(ours);
        return ours;
    }

    /** Each by itself: a controller that the machine lacks must not cost the others. */
    private static boolean enable(Path group) throws IOException {
        Path control = group.resolve("cgroup.subtree_control");
        for (String controller : WANTED.subList(0, 3)) {
            try {
                Files.write(
                        control, ("+" + controller).getBytes(US_ASCII), StandardOpenOption.WRITE);
            } catch (IOException e) {
                // what is not there now is reported as missing
            }
        }
        return Files.readString(control).contains("memory");
    }

    private static void moveAway(Path group) throws IOException {
        Path leaf = group.resolve(LEAF);
        Files.createDirectories(leaf);
        for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
            try {
                Files.write(
                        leaf.resolve("cgroup.procs"),
                        pid.getBytes(US_ASCII),
                        StandardOpenOption.WRITE);
            } catch (IOException e) {
                // it has just ended
            }
        }
    }

    /** The path of our own group in a tree; the empty name is version 2. */
    private static String path(List<String> own, String controller) {
        for (String line : own) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && Arrays.asList(fields[1].split(",")).contains(controller)) {
                return fields[2];
            }
        }
        return "/";
    }

    /** In a container the mount may show only a part of the tree. */
    private static Path below(Mount mount, String path) {
        String root = mount.root().equals("/") ? "" : mount.root();
        String rest = path.startsWith(root) ? path.substring(root.length()) : "";
        Path found = Path.of(mount.point() + rest).normalize();
        return Files.isDirectory(found) && !rest.contains("..") ? found : mount.point();
    }

    /** Lines of mountinfo, proc_pid_mountinfo(5). */
    private List<Mount> mounts() throws IOException {
        List<Mount> found = new ArrayList<>();
        for (String line : Files.readAllLines(proc.resolve("mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            String[] first = halves[0].split(" ");
            String[] second = halves.length > 1 ? halves[1].split(" ") : new String[0];
            if (second.length >= 3 && second[0].startsWith("cgroup")) {
                found.add(
                        new Mount(
                                first[3],
                                Path.of(first[4]),
                                second[0],
                                List.of(second[2].split(","))));
            }
        }
        return found;
    }
}
