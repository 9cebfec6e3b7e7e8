package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directories of a workspace and who may enter them.
 *
 * <p>Started by root, the workspace's directory, its records and its logs stay root's, so that no link laid by the
 * principal can lead root astray; only {@code home}, {@code env} and what lies in the runtime directory are the
 * principal's. Door and others pass through (mode 0711) and list nothing.
 */
final class WorkspaceDirectories {
    /** {@code /kernel-}, a UUID, {@code -ipc-5}. */
    private static final int KERNEL_SOCKET = "/kernel-".length() + 36 + "-ipc-5".length();

    private static final String SOCKETS = "s";
    private static final String RUNTIME = "r";
    private static final int ROOM = "/r".length() + KERNEL_SOCKET;

    private final HomeLayout layout;
    private final OsUsers users;

    WorkspaceDirectories(HomeLayout layout, OsUsers users) {
        this.layout = layout;
        this.users = users;
    }

    /** Makes what is missing. */
    ServicePlace prepare(PrincipalName owner, ServiceName service) throws LaunchFailure {
        OsUser user = users.of(owner);
        try {
            makeTree(owner, user);
            if (users.separate()) {
                requirePassable(layout.workspaceHome(owner), user);
            }
            // Last, because what it makes may lie outside the home.
            Path base = runtime(owner).open();
            sockets(user).ensure(base.resolve(SOCKETS));
            own(user, 0700).ensure(base.resolve(RUNTIME));
            return place(owner, service, user, base);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace's directories cannot be made: " + e.getMessage(), List.of());
        }
    }

    /** Makes what is missing for a command. */
    CommandStarter.Place prepareCommand(PrincipalName owner) throws LaunchFailure {
        OsUser user = users.of(owner);
        Path home = layout.workspaceHome(owner);
        try {
            makeTree(owner, user);
            if (users.separate()) {
                requirePassable(home, user);
            }
            return new CommandStarter.Place(owner, user, layout.workspace(owner), home);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace's directories cannot be made: " + e.getMessage(), List.of());
        }
    }

    /** Makes what is missing for an installer, the directory of the environment included. */
    InstallPlace prepareInstallation(PrincipalName owner) throws LaunchFailure {
        OsUser user = users.of(owner);
        Path environment = layout.workspaceEnvironment(owner);
        try {
            makeTree(owner, user);
            if (!Files.isDirectory(environment, LinkOption.NOFOLLOW_LINKS)) {
                own(user, 0700).make(environment);
            }
            if (users.separate()) {
                requirePassable(environment, user);
            }
            Path log = new ServiceLog(layout.workspaceLog(owner).resolve("install.log")).rotated();
            return new InstallPlace(user, layout.workspaceHome(owner), environment, log);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace's directories cannot be made: " + e.getMessage(), List.of());
        }
    }

    /** The socket of a service that runs, if its directory is still there. */
    Optional<Path> socket(PrincipalName owner, ServiceName service) {
        try {
            return runtime(owner).existing().map(base -> socket(base, service));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Removes what a service left: its socket, and for the last one a short directory too. */
    void clear(PrincipalName owner, ServiceName service, boolean last) throws IOException {
        Optional<Path> socket = socket(owner, service);
        if (socket.isPresent()) {
            Files.deleteIfExists(socket.get());
        }
        if (last) {
            runtime(owner).remove();
        }
    }

    /** Removes the sockets of a workspace that ends. */
    void clear(PrincipalName owner) throws IOException {
        runtime(owner).remove();
    }

    /** Makes what a principal's records need. */
    void prepare(PrincipalName owner) throws LaunchFailure {
        try {
            makeTree(owner, users.of(owner));
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace's directories cannot be made: " + e.getMessage(), List.of());
        }
    }

    private ServicePlace place(PrincipalName owner, ServiceName service, OsUser user, Path base)
            throws IOException {
        Path socket = socket(base, service);
        Files.deleteIfExists(socket);
        return new ServicePlace(
                owner,
                service,
                user,
                layout.workspaceHome(owner),
                socket,
                users.separate() ? "0660" : "0600",
                base.resolve(RUNTIME),
                layout.workspaceRun(owner));
    }

    private static Path socket(Path base, ServiceName service) {
        return base.resolve(SOCKETS).resolve(service + ".sock");
    }

    private RuntimeDirectory runtime(PrincipalName owner) {
        Path run = layout.workspaceRun(owner);
        return new RuntimeDirectory(
                run.resolve("d"), run.resolve("short-directory"), ROOM, passage().mode());
    }

    /** Ours to write; where users differ, everybody's to pass. */
    private PrivateDirectory passage() {
        OsUser us = OsUser.current();
        return new PrivateDirectory(us.uid(), us.gid(), users.separate() ? 0711 : 0700);
    }

    private PrivateDirectory sockets(OsUser user) throws LaunchFailure {
        return users.separate()
                ? new PrivateDirectory(user.uid(), users.door().gid(), 02710)
                : own(user, 0700);
    }

    private static PrivateDirectory own(OsUser user, int mode) {
        return new PrivateDirectory(user.uid(), user.gid(), mode);
    }

    private void makeTree(PrincipalName owner, OsUser user) throws IOException {
        PrivateDirectory passage = passage();
        Files.createDirectories(layout.home());
        passage.ensure(layout.workspaces());
        passage.ensure(layout.workspace(owner));
        passage.ensure(layout.workspaceRun(owner));
        OsUser us = OsUser.current();
        new PrivateDirectory(us.uid(), us.gid(), 0700).ensure(layout.workspaceLog(owner));
        if (!Files.isDirectory(layout.workspaceHome(owner), LinkOption.NOFOLLOW_LINKS)) {
            own(user, 0700).make(layout.workspaceHome(owner));
        }
    }

    /** A home below a closed directory, such as /root, is out of an unprivileged user's reach. */
    private static void requirePassable(Path home, OsUser user) throws IOException, LaunchFailure {
        for (Path above = home.getParent(); above != null; above = above.getParent()) {
            int mode = (int) Files.getAttribute(above, "unix:mode");
            int uid = (int) Files.getAttribute(above, "unix:uid");
            if ((mode & 0001) == 0 && uid != (int) user.uid()) {
                throw new LaunchFailure(
                        "The OS user "
                                + user.name()
                                + " cannot get into "
                                + above
                                + ", which is closed to others."
                                + " Choose another --home, such as /var/lib/keyhole, or run: chmod o+x "
                                + above,
                        List.of());
            }
        }
    }
}
