package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.AttachmentStore;
import java.util.List;

/** Attached hosts in the store. Thread-safe. */
record KeptAttachments(SqliteStore store) implements AttachmentStore {
    @Override
    public List<AttachedHost> load() throws StoreUnavailable {
        return store.inTransaction("read", handle -> new AttachedTable(handle).all());
    }

    @Override
    public void put(AttachedHost host) throws StoreUnavailable {
        store.inTransaction(
                "written",
                handle -> {
                    new AttachedTable(handle).put(host);
                    return host;
                });
    }

    @Override
    public void delete(PrincipalName owner) throws StoreUnavailable {
        store.inTransaction(
                "written",
                handle -> {
                    new AttachedTable(handle).delete(owner);
                    return owner;
                });
    }
}
