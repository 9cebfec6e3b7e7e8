package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;

/** Makes sure that a principal's services have a program to run. Called by one thread for one principal. */
public interface NotebookEnvironment {
    /**
     * Returns at once when it is there; the first time it may take minutes.
     *
     * @throws LaunchFailure when it is missing and cannot be had
     */
    void ensure(PrincipalName owner) throws LaunchFailure;
}
