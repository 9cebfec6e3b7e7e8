/**
 * A person's workspace: its services, their states, and who may make them change.
 *
 * <p>A workspace outlives its processes, its sessions and the door. This floor decides when to start, restart, give up
 * and stop; how that is done it leaves to a {@link dev.keyhole.gateway.workspace.Launcher}. Imports {@code access},
 * {@code audit}, {@code config} and {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.workspace;

import org.jspecify.annotations.NullMarked;
