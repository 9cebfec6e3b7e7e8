package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Ends whatever runs in the workspaces of a home that no door keeps. */
final class StoppedWorkspaces {
    private StoppedWorkspaces() {}

    /**
     * Ends it.
     *
     * @return whether anything ran
     * @throws CannotStart when somebody who would have to end it does not answer
     */
    static boolean of(HomeLayout home, Launcher launcher, ProgressLine progress)
            throws IOException, CannotStart {
        try {
            return any(home, launcher, progress);
        } catch (UncheckedIOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "Not everything could be stopped: "
                            + Objects.requireNonNull(e.getCause()).getMessage()
                            + " Then run this again.",
                    e);
        }
    }

    private static boolean any(HomeLayout home, Launcher launcher, ProgressLine progress)
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
