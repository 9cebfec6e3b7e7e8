package dev.keyhole.system.container;

/** The same on Docker's own engine. */
final class DockerdWorkspacesTest extends ContainerWorkspaces {
    DockerdWorkspacesTest() {
        super(Dockerd::open);
    }
}
