package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.control.operator.Environments;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.Resources;

/**
 * What a launcher makes for principals, as operators ask for it.
 *
 * @param separate whether each principal has an OS user or a container of its own
 */
record LauncherEnvironments(Launcher launcher, boolean separate) implements Environments {
    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        launcher.prepare(owner);
    }

    @Override
    public void limit(PrincipalName owner, PrincipalLimits limits) throws LaunchFailure {
        launcher.limit(
                owner,
                new Resources(
                        limits.memoryBytes(),
                        limits.cpus(),
                        limits.pids(),
                        limits.gpus().map(Gpus::parse)));
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        launcher.retire(owner);
    }
}
