package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.container.ContainerPlaces;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.PrivateDirectory;
import dev.keyhole.gateway.launch.process.RuntimeDirectory;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.ssh.hop.IdentityFile;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The directories that a container shares with the door. As root they belong to the user of our images, and the door's group
 * passes through to the socket; without root they lie in a directory that only we may enter, since the container's users are
 * numbers that we cannot give files to. Thread-safe as far as one principal is handled by one thread.
 *
 * @param door the door's user
 */
record SharedWithContainers(HomeLayout home, OsUser door) implements ContainerPlaces {
    /** User and group of every image that `keyhole image build` makes. */
    static final int INSIDE = 10_001;

    private static final String PLANTED = "p";
    private static final String RUN = "r";
    private static final String SOCKET = "door.sock";
    private static final String LOGIN = "gateway";

    @Override
    public Place open(PrincipalName owner) throws IOException {
        boolean root = OsUser.current().isRoot();
        Files.createDirectories(home.workspaceRun(owner));
        Path base = directory(owner).open();
        Path planted = base.resolve(PLANTED);
        Path run = base.resolve(RUN);
        own(root, 0700, 0755, INSIDE).ensure(planted);
        own(root, 0710, 0777, door.gid()).ensure(run);
        IdentityFile host =
                IdentityFile.loadOrMake(
                        home.workspaceRun(owner).resolve("inner-host_key"), "keyhole-" + owner);
        plant(planted, "host_key", Files.readString(hostKey(owner)), root);
        plant(planted, "authorized_keys", identity().publicLine() + "\n", root);
        plant(planted, "principal", owner + "\n", root);
        return new Place(
                planted,
                run,
                new SshHost(
                        new SshHost.Place.Socket(run.resolve(SOCKET)),
                        LOGIN,
                        host.publicLine(),
                        home.innerIdentity()));
    }

    private Path hostKey(PrincipalName owner) {
        return home.workspaceRun(owner).resolve("inner-host_key");
    }

    private PrivateDirectory own(boolean root, int asRoot, int without, long group) {
        OsUser us = OsUser.current();
        return root
                ? new PrivateDirectory(INSIDE, group, asRoot)
                : new PrivateDirectory(us.uid(), us.gid(), without);
    }

    /** Made before the door starts, by whoever starts it; it is the door's. */
    IdentityFile identity() throws IOException {
        IdentityFile key = IdentityFile.loadOrMake(home.innerIdentity(), "keyhole");
        if (OsUser.current().isRoot()) {
            give(home.innerIdentity(), door.uid(), door.gid());
        }
        return key;
    }

    private static void plant(Path directory, String name, String text, boolean root)
            throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        WrittenWhole.write(file, text, root ? "r--------" : "r--r--r--");
        if (root) {
            give(file, INSIDE, INSIDE);
        }
    }

    private static void give(Path file, long uid, long gid) throws IOException {
        Files.setAttribute(file, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
    }

    private RuntimeDirectory directory(PrincipalName owner) {
        Path run = home.workspaceRun(owner);
        return new RuntimeDirectory(
                run.resolve("k"),
                run.resolve("short-shared"),
                ("/" + RUN + "/" + SOCKET).length(),
                OsUser.current().isRoot() ? 0711 : 0700);
    }

    @Override
    public void remove(PrincipalName owner) throws IOException {
        Path base = directory(owner).existing().orElse(null);
        if (base == null) {
            return;
        }
        for (String name : new String[] {PLANTED, RUN}) {
            removeTree(base.resolve(name));
        }
        directory(owner).remove();
        Files.deleteIfExists(Objects.requireNonNull(hostKey(owner)));
    }

    /** Names only, never what a link points to: whoever worked in the container made them, directories too. */
    private static void removeTree(Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (var children = Files.newDirectoryStream(place)) {
                for (Path child : children) {
                    removeTree(child);
                }
            }
        }
        Files.deleteIfExists(place);
    }
}
