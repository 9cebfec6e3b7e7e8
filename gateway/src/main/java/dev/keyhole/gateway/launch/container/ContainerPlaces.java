package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.nio.file.Path;

/** What a container and the door share on the host, made by whoever knows OS users, keys and short paths. Thread-safe. */
public interface ContainerPlaces {
    /**
     * One workspace's.
     *
     * @param planted host key, the door's public key and the principal's name; the container reads it
     * @param run where the inner door listens
     * @param host how the door reaches it, host key pinned
     */
    record Place(Path planted, Path run, SshHost host) {}

    /** Made if need be; the host key is made once. */
    Place open(PrincipalName owner) throws IOException;

    /** Removes all of it. */
    void remove(PrincipalName owner) throws IOException;
}
