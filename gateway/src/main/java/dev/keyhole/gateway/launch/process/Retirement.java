package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The end of a principal on this machine: no process, no OS user, and no file that a later user with the same number
 * could read. Each step may have been done by one that was cut short.
 */
final class Retirement {
    private static final int MOST_ROUNDS = 100;
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final HomeLayout layout;
    private final OsUsers users;
    private final ProcessTable processes;
    private final WorkspaceDirectories directories;
    private final Clock clock;

    Retirement(
            HomeLayout layout,
            OsUsers users,
            ProcessTable processes,
            WorkspaceDirectories directories,
            Clock clock) {
        this.layout = layout;
        this.users = users;
        this.processes = processes;
        this.directories = directories;
        this.clock = clock;
    }

    /** Its services and their walls are gone already. */
    void complete(PrincipalName owner) throws LaunchFailure {
        Path home = layout.workspaceHome(owner);
        boolean made = users.isMadeFor(owner, home);
        try {
            if (made) {
                OsUser user = users.of(owner);
                endAll(owner, user);
                sweep(user);
            }
            directories.clear(owner);
            putAside(owner);
            new UserMap(layout.osUsers()).remove(owner);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The files of " + owner + " cannot be put aside: " + e.getMessage(), List.of());
        }
        if (made) {
            users.remove(owner, home);
        }
    }

    /** The user was made for this principal, so whatever runs as it is the principal's. */
    private void endAll(PrincipalName owner, OsUser user) throws LaunchFailure {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessEntry> left = processes.of(user.uid());
            if (left.isEmpty()) {
                return;
            }
            left.forEach(Signals::kill);
            Signals.awaitEnd(left.getLast(), ROUND);
        }
        throw new LaunchFailure(
                "Processes of "
                        + owner
                        + " (OS user "
                        + user.name()
                        + ") cannot be ended; nothing of it was removed. Try again; a process that waits for a"
                        + " broken disk ends with a reboot only.",
                List.of());
    }

    /** What it left where everybody may write. */
    private void sweep(OsUser user) throws LaunchFailure {
        List<String> find =
                List.of(
                        SystemTool.require("find"),
                        "/tmp",
                        "/var/tmp",
                        "/dev/shm",
                        "-xdev",
                        "-uid",
                        Long.toString(user.uid()),
                        "-not",
                        "-path",
                        // A home may lie there; what is in it is kept.
                        literally(layout.home()) + "/*",
                        "-delete");
        Ran.quietly(find, SWEEP);
    }

    /** For find(1), to which some letters are patterns. */
    private static String literally(Path path) {
        return path.toString().replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    private void putAside(PrincipalName owner) throws IOException {
        if (!Files.exists(layout.workspace(owner), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        OsUser us = OsUser.current();
        new PrivateDirectory(us.uid(), us.gid(), 0700).ensure(layout.removed());
        Files.move(
                layout.workspace(owner),
                layout.removed().resolve(owner + "-" + STAMP.format(clock.instant())));
    }
}
