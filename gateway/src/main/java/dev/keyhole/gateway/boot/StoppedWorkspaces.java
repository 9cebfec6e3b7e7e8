package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.util.List;

/** Ends whatever runs in the workspaces of a home that no door keeps. */
final class StoppedWorkspaces {
    private StoppedWorkspaces() {}

    /** @return whether anything ran */
    static boolean of(HomeLayout home, Launcher launcher, ProgressLine progress)
            throws IOException {
        boolean any = false;
        for (PrincipalName owner : Down.owners(home)) {
            for (RunningService service : launcher.running(owner)) {
                progress.step("stopping " + service.service() + " of " + owner);
                launcher.stop(owner, service.service());
                progress.say(service.service() + " of " + owner + " is stopped.");
                any = true;
            }
            // Also what has ended by itself has left a record and sockets.
            for (ServiceName service : List.of(ServiceName.TENSORBOARD, ServiceName.JUPYTER)) {
                launcher.stop(owner, service);
            }
            launcher.endCommands(owner); // and what they left, and the walls around all of it
        }
        return any;
    }
}
