package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;

/** The OS users and directories of principals, made and unmade while the door runs. Thread-safe. */
public interface Environments {
    /** Whether each principal has an OS user of its own, because the door was started by root. */
    boolean separate();

    /**
     * Makes the OS user and the environment of a principal, or uses what is there. May take minutes.
     *
     * @throws LaunchFailure when something is missing; what was made so far is used by the next try
     */
    void prepare(PrincipalName owner) throws LaunchFailure;

    /**
     * Puts in force how much a principal's workspace may use, also for what runs already.
     *
     * @throws LaunchFailure when it cannot be put in force
     */
    void limit(PrincipalName owner, PrincipalLimits limits) throws LaunchFailure;

    /** Gives up the OS user of a principal that is nobody any more; its files are put away for the operator. */
    void retire(PrincipalName owner) throws LaunchFailure;
}
