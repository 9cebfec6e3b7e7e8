/**
 * The log of refused connections that other programs read, such as fail2ban: one line for each, written by this machine
 * from its first letter to the last, with what a stranger typed at the end, quoted.
 *
 * <p>What a client can say must never look like what we say (CVE-2007-4321: a login name that held another's address had
 * that address banned). So the peer's address stands before any text of the client's, and of that text only printable
 * ASCII is written as it is. {@link dev.keyhole.gateway.authlog.AuthLine} is the format; {@code keyhole print fail2ban}
 * gives the pattern that reads it.
 *
 * <p>It is no audit: lines are counted instead of written when there are too many, and lost when the disk is full. Imports
 * {@code ban}, {@code model} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.authlog;

import org.jspecify.annotations.NullMarked;
