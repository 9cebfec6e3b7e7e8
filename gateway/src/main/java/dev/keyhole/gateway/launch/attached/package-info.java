/**
 * Workspaces that are SSH hosts of somebody else: a machine or a container with sshd and Jupyter on its loopback, attached by
 * an operator. Nothing is started, stopped or measured there; a start logs in, a stop hangs up. Everything goes over {@link
 * dev.keyhole.gateway.workspace.Hops}. Imports {@code control.operator},
 * {@code workspace} and {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.launch.attached;

import org.jspecify.annotations.NullMarked;
