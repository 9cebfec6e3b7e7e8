package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.LauncherKind;
import dev.keyhole.gateway.launch.attached.AttachedLauncher;
import dev.keyhole.gateway.launch.attached.HopProbe;
import dev.keyhole.gateway.ssh.hop.SshHops;
import dev.keyhole.gateway.store.SqliteStore;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Endpoint;
import java.io.Closeable;
import java.time.Duration;

/**
 * What of workspaces is behind other SSH servers, and the machine with that added.
 *
 * @param machine as this machine gives it, with the launcher that knows both
 */
record FarSide(
        SshHops hops,
        Attachments attachments,
        HopProbe probe,
        LaunchersByOwner launchers,
        Wiring.Machine machine)
        implements Closeable {
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    /** Nothing is connected yet. */
    static FarSide of(HomeLayout home, LauncherKind kind, SqliteStore store, Wiring.Machine here)
            throws StoreUnavailable {
        Attachments attachments = Attachments.open(store.attachments(), home::hopIdentity);
        SshHops hops = new SshHops();
        HopProbe probe = new HopProbe(hops, PROBE_PATIENCE);
        InnerDoors inner = new InnerDoors(home, here.launcher(), hops, probe);
        boolean containers = kind == LauncherKind.CONTAINER;
        LaunchersByOwner launchers =
                new LaunchersByOwner(
                        attachments,
                        new AttachedLauncher(attachments, hops),
                        probe,
                        containers ? inner : here.launcher(),
                        containers ? inner : here.probe(),
                        containers ? inner : Endpoint.OwnLoopback::new);
        Wiring.Machine both =
                new Wiring.Machine(
                        launchers,
                        launchers,
                        here.ownLoopback(),
                        new LastingEnvironments(
                                here.environments(), attachments, new HopKeyFiles(home)),
                        here.power(),
                        here.drops());
        return new FarSide(hops, attachments, probe, launchers, both);
    }

    @Override
    public void close() {
        hops.close();
    }
}
