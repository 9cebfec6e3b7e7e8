/**
 * Workspaces as containers, one for each principal, by the API that Docker and Podman share.
 *
 * <p>{@link dev.keyhole.gateway.launch.container.ContainerLauncher} lists the steps of a start and a stop. What must be true
 * of every container that it makes:
 *
 * <ul>
 *   <li>there is one for a principal, however many sessions and services: its name is made of home and principal, so a
 *       second one cannot be made
 *   <li>it is found again by its labels; nothing about it is remembered anywhere else
 *   <li>it publishes no port, has no capability, gains none, and writes nowhere but to its volume and to memory
 *   <li>it is reached through a unix socket in a directory that it shares with the door, by an SSH hop whose host key was
 *       made here
 * </ul>
 *
 * <p>It speaks with the engine and never with what runs inside. Only importer of docker-java. Imports {@code workspace},
 * {@code config}, {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.launch.container;

import org.jspecify.annotations.NullMarked;
