/**
 * The control socket: how the operator's commands reach the running door. One JSON document on a line each way;
 * docs/control-api.md is the reference.
 *
 * <p>The socket lies in a directory of its own (0700) and is 0600; besides, the kernel is asked who is at the other end
 * (SO_PEERCRED), and only root and the door's own OS user are heard. Lines are bounded in both directions, and nothing
 * that comes over the socket ends the door.
 *
 * <p>Imports {@code control.operator}, {@code control}, {@code audit}, {@code dev.keyhole.wire}, and Jackson's core to
 * read JSON.
 */
@NullMarked
package dev.keyhole.gateway.operator;

import org.jspecify.annotations.NullMarked;
