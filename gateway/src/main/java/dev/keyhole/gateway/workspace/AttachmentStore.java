package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.List;

/** Keeps which hosts are attached. Each change is on disk, whole, when its method returns. Thread-safe. */
public interface AttachmentStore {
    List<AttachedHost> load() throws StoreUnavailable;

    /** In place of another host of the same owner. */
    void put(AttachedHost host) throws StoreUnavailable;

    /** Does nothing where there is none. */
    void delete(PrincipalName owner) throws StoreUnavailable;
}
