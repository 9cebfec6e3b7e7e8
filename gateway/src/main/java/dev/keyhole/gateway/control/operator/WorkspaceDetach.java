package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.util.Map;

/** {@code keyhole workspace detach}: the door lets go of a principal's host. At the host nothing is stopped. */
public final class WorkspaceDetach implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;
    private final Attachments attachments;
    private final HopKeys keys;
    private final Hops hops;

    public WorkspaceDetach(
            RosterDesk desk,
            Workspaces workspaces,
            Attachments attachments,
            HopKeys keys,
            Hops hops) {
        this.desk = desk;
        this.workspaces = workspaces;
        this.attachments = attachments;
        this.keys = keys;
        this.hops = hops;
    }

    @Override
    public String name() {
        return "workspace detach";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName owner = desk.named(fields).name();
        AttachedHost host =
                attachments
                        .of(owner)
                        .orElseThrow(() ->
                                OperatorRefusal.unknown(
                                        "No host is attached for "
                                                + owner
                                                + "; see `keyhole workspace list`."));
        return Act.on(owner, talk -> detach(host));
    }

    /** Forgotten first, so that what ends then does not begin again there. */
    private Answer detach(AttachedHost host) throws OperatorRefusal {
        PrincipalName owner = host.owner();
        try {
            attachments.detach(owner);
        } catch (StoreUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    e.getMessage() + " Nothing was changed. " + Code.STORE_UNAVAILABLE.nextMove());
        }
        workspaces.of(owner).stop("its host was detached");
        hops.close(attachments.host(host));
        try {
            keys.forget(owner);
        } catch (IOException e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    host.address()
                            + " is detached, but the door's key for it could not be removed: "
                            + e.getMessage());
        }
        return Answer.done(
                host.address()
                        + " is no longer the workspace of "
                        + owner
                        + ". At that host nothing was stopped; take the door's line out of its authorized_keys.\n",
                Map.of("detached", owner.value()));
    }
}
