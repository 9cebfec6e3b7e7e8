package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.wire.ExitStatus;

/**
 * Root's choice that a principal runs as an account that exists. It is asked of the privileged side and not of the door:
 * a door that was broken must not choose accounts. Used by one thread.
 */
public final class AccountChoice {
    private final HomeLayout home;
    private final PrincipalName principal;

    public AccountChoice(HomeLayout home, PrincipalName principal) {
        this.home = home;
        this.principal = principal;
    }

    /** @throws CannotStart when we are not root, or the account may not be used; nothing was changed then */
    public void make(String account) throws CannotStart {
        if (!OsUser.current().isRoot()) {
            throw new CannotStart(
                    ExitStatus.REFUSED,
                    "Only root can let a principal run as an existing OS user. Run it with sudo.");
        }
        try {
            BrokerPlace.client(home).map(principal, account);
        } catch (LaunchFailure e) {
            throw new CannotStart(ExitStatus.REFUSED, e.getMessage() + " Nothing was changed.", e);
        }
    }

    /** @throws CannotStart when it cannot be taken back */
    public void takeBack() throws CannotStart {
        try {
            BrokerPlace.client(home).unmap(principal);
        } catch (LaunchFailure e) {
            throw new CannotStart(ExitStatus.FAILED, e.getMessage(), e);
        }
    }
}
