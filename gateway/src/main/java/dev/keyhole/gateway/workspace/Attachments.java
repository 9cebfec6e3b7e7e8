package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whose workspace is an attached host. What is kept comes first: nobody sees an attachment that a crash would undo.
 *
 * <p>Thread-safe; asking never blocks, changing waits for the disk.
 */
public final class Attachments {
    private final AttachmentStore store;
    private final Function<PrincipalName, Path> identities;
    private final Map<PrincipalName, AttachedHost> byOwner = new ConcurrentHashMap<>();

    private Attachments(AttachmentStore store, Function<PrincipalName, Path> identities) {
        this.store = store;
        this.identities = identities;
    }

    /** @param identities where the private key of each owner's host lies */
    public static Attachments open(AttachmentStore store, Function<PrincipalName, Path> identities)
            throws StoreUnavailable {
        Attachments attachments = new Attachments(store, identities);
        store.load().forEach(host -> attachments.byOwner.put(host.owner(), host));
        return attachments;
    }

    public Optional<AttachedHost> of(PrincipalName owner) {
        return Optional.ofNullable(byOwner.get(owner));
    }

    /** The same as an SSH server to log in to. */
    public Optional<SshHost> host(PrincipalName owner) {
        return of(owner).map(this::host);
    }

    /** A host, attached or about to be, as an SSH server to log in to. */
    public SshHost host(AttachedHost attached) {
        return attached.host(identities.apply(attached.owner()));
    }

    /** @return whether it was done; not when another one is attached */
    public synchronized boolean attach(AttachedHost host) throws StoreUnavailable {
        if (byOwner.containsKey(host.owner())) {
            return false;
        }
        store.put(host);
        byOwner.put(host.owner(), host);
        return true;
    }

    /** Gives the one that was attached. */
    public synchronized Optional<AttachedHost> detach(PrincipalName owner) throws StoreUnavailable {
        store.delete(owner);
        return Optional.ofNullable(byOwner.remove(owner));
    }
}
