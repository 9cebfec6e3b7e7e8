/**
 * The audit as syslog messages (RFC 5424) on a connection of TCP or TLS to a receiver elsewhere, so that what was said is out
 * of reach of whoever gets at this machine later.
 *
 * <p>It follows the audit's files as anybody could, by reading, and remembers up to where the receiver has them; the one
 * that writes the audit does not know of it and never waits for it. {@link dev.keyhole.gateway.syslog.Syslog} has the steps
 * of a look. Messages may come twice, none is left out. Imports {@code audit}, {@code control.numbers}, {@code
 * dev.keyhole.wire}, and nothing outside of the JDK.
 */
@NullMarked
package dev.keyhole.gateway.syslog;

import org.jspecify.annotations.NullMarked;
