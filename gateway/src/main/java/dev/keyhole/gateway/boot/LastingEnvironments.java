package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.control.operator.Environments;
import dev.keyhole.gateway.control.operator.HopKeys;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.util.List;

/**
 * The environments of this machine; who is nobody any more also loses the host that was attached for it.
 *
 * @param here of this machine
 */
record LastingEnvironments(Environments here, Attachments attachments, HopKeys keys)
        implements Environments {
    @Override
    public boolean separate() {
        return here.separate();
    }

    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        here.prepare(owner);
    }

    @Override
    public void limit(PrincipalName owner, PrincipalLimits limits) throws LaunchFailure {
        here.limit(owner, limits);
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        try {
            attachments.detach(owner);
            keys.forget(owner);
        } catch (StoreUnavailable | IOException e) {
            throw new LaunchFailure(
                    "the host that is attached cannot be forgotten: " + e.getMessage(), List.of());
        }
        here.retire(owner);
    }
}
