package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Launcher;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The machine that a door stands on: its OS users, the notebook's programs, and who starts processes there. */
public interface Ground {
    /** Whether principals have OS users of their own, because we are root. */
    boolean separatesUsers();

    /**
     * The door's OS user where it must be another than ours, because we are root; made if need be.
     *
     * @throws CannotStart when it cannot be made
     */
    Optional<OsUser> separateDoor() throws CannotStart;

    /**
     * Makes the OS users of all principals, and installs what their services need. The first time it may take minutes.
     *
     * @param tensorflow whether the notebook must offer TensorFlow
     * @throws CannotStart when something is missing and cannot be had
     */
    void prepare(Config config, boolean tensorflow, ProgressLine progress) throws CannotStart;

    /** Each wall that workspaces of that config get on this machine, and whether it stands; found out by building them. */
    List<IsolationPart> isolation(Config config);

    /** For a door in this process. */
    Wiring.Machine here(Config config);

    /**
     * For a door without rights: everything is asked of the {@link #broker} of this home.
     *
     * @throws CannotStart when there is none
     */
    Wiring.Machine throughBroker(Config config) throws CannotStart;

    /** What serves a separate door; closed after it. */
    interface Broker extends Closeable {
        /**
         * The door listens now: from here on the kernel may be asked to drop new connections to it.
         *
         * @return why it may not, for a person
         */
        Optional<String> doorListens(ListenAddress door);
    }

    /**
     * Serves a separate door until closed; only as root.
     *
     * @throws CannotStart when its socket cannot be made
     */
    Broker broker(Config config) throws CannotStart;

    /** Ends what a killed broker of a home had the kernel do, where we may. */
    void clearDrops(HomeLayout home) throws IOException;

    /** Finds and stops what runs on a home, whoever started it. */
    Launcher launcher(HomeLayout home);
}
