package dev.keyhole.system.container;

/** Workspaces on podman, as root. */
final class PodmanWorkspacesTest extends ContainerWorkspaces {
    PodmanWorkspacesTest() {
        super(Podman::new);
    }
}
