package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;

/** Which existing accounts of the machine principals run as. Root's to decide. Thread-safe. */
public interface Accounts {
    /**
     * From now on the principal runs as that account.
     *
     * @throws LaunchFailure when the account is root's, the system's, the door's, somebody else's or unknown, or the
     *     principal has files of another account already
     */
    void map(PrincipalName owner, String account) throws LaunchFailure;

    /** From now on it runs as the user that is made for it. */
    void unmap(PrincipalName owner) throws LaunchFailure;
}
