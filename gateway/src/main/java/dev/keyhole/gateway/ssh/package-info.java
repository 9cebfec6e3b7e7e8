/**
 * The door itself: everything that speaks SSH. The only package that imports Apache MINA SSHD, and MINA's {@code
 * Session} never leaves it.
 *
 * <p>The path of a connection is these files, in reading order:
 *
 * <ol>
 *   <li>{@link dev.keyhole.gateway.ssh.Admit}: a TCP connection becomes an {@code Arrival} with an absolute deadline
 *   <li>{@link dev.keyhole.gateway.ssh.Authenticate}: a verified signature makes it {@code Authenticated}, if {@link
 *       dev.keyhole.gateway.ssh.SessionLimit} has room
 *   <li>{@link dev.keyhole.gateway.ssh.Authorize}: the judge turns a wish into a {@code Grant}, and {@link
 *       dev.keyhole.gateway.ssh.ForwardLimit} counts it
 *   <li>{@link dev.keyhole.gateway.ssh.Resolve}: the workspace runs, its endpoint is known
 *   <li>{@link dev.keyhole.gateway.ssh.Forward}: the endpoint is connected, and its listener proven to be the owner's
 *   <li>{@link dev.keyhole.gateway.ssh.Pump}: bytes both ways, counted
 *   <li>{@link dev.keyhole.gateway.ssh.Close}: the audit's last word, everything released
 * </ol>
 *
 * <p>{@link dev.keyhole.gateway.ssh.ForwardChannel} lists the last five in one method. What is not on this path is
 * refused in {@link dev.keyhole.gateway.ssh.RefuseRest}.
 *
 * <p>Threads: MINA's workers are virtual threads; a forward has two of its own (see docs/concurrency.md).
 */
@NullMarked
package dev.keyhole.gateway.ssh;

import org.jspecify.annotations.NullMarked;
