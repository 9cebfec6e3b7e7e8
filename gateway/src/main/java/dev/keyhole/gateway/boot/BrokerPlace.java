package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.broker.BrokerClient;
import dev.keyhole.gateway.broker.BrokerServer;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.ProcessLauncher;
import dev.keyhole.gateway.launch.process.RuntimeDirectory;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.workspace.Accounts;
import dev.keyhole.wire.ExitStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where broker and door of a home meet: a socket in a directory that only root may write, and a note of its path. */
final class BrokerPlace {
    private static final String SOCKET = "s";

    /** The door passes through and lists nothing. */
    private static final int PASSABLE = 0711;

    private BrokerPlace() {}

    /** Serves the door until closed. */
    static Closeable open(
            Config config,
            ProcessLauncher launcher,
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
                            launcher,
                            accounts,
                            drops,
                            config.services().ports().keySet(),
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
            return new BrokerClient(Path.of(Files.readString(home.brokerAddress()).strip()));
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "There is no broker on this home. Only `up` and `serve` start a door.",
                    e);
        }
    }
}
