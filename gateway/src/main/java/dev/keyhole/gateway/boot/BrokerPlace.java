package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.broker.BrokerClient;
import dev.keyhole.gateway.broker.BrokerServer;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.LauncherKind;
import dev.keyhole.gateway.launch.container.ContainerLauncher;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.RuntimeDirectory;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Accounts;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.wire.ExitStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Where broker and door of a home meet: a socket in a directory that only root may write, and a note of its path. */
final class BrokerPlace {
    private static final String SOCKET = "s";

    /** The door passes through and lists nothing. */
    private static final int PASSABLE = 0711;

    private BrokerPlace() {}

    /** Serves the door until closed. */
    static Closeable open(
            Config config,
            Launcher launcher,
            OwnLoopback ownLoopback,
            Accounts accounts,
            KernelTable drops,
            OsUser door)
            throws CannotStart {
        HomeLayout home = new HomeLayout(config.home());
        RuntimeDirectory place = place(home);
        try {
            Path socket = place.open().resolve(SOCKET);
            BrokerServer broker =
                    BrokerServer.open(
                            launcher,
                            ownLoopback,
                            accounts,
                            drops,
                            services(config),
                            door.uid(),
                            socket);
            WrittenWhole.write(home.brokerAddress(), socket + "\n", "rw-r--r--");
            return () -> {
                broker.close();
                clear(home);
            };
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "The broker's socket cannot be made: " + e.getMessage(), e);
        }
    }

    /** A container itself may be wanted, too: for a shell. */
    private static Set<ServiceName> services(Config config) {
        Set<ServiceName> services = new TreeSet<>(config.services().ports().keySet());
        if (config.launcher() == LauncherKind.CONTAINER) {
            services.add(ContainerLauncher.ITSELF);
        }
        return services;
    }

    private static RuntimeDirectory place(HomeLayout home) {
        return new RuntimeDirectory(
                home.brokerDirectory(), home.shortDirectories(), ("/" + SOCKET).length(), PASSABLE);
    }

    /** Removes what a broker left that had no time to close. */
    static void clear(HomeLayout home) throws IOException {
        place(home).remove();
        Files.deleteIfExists(home.brokerAddress());
    }

    /** What the door asks. */
    static BrokerClient client(HomeLayout home) throws CannotStart {
        try {
            return new BrokerClient(
                    Path.of(Files.readString(home.brokerAddress()).strip()), home.innerIdentity());
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "There is no broker on this home. Only `up` and `serve` start a door.",
                    e);
        }
    }
}
