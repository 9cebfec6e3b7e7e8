/**
 * Who is there, and what they may reach: key to principal, principal and destination to grant or denial.
 *
 * <p>Pure: no sockets, no threads, no files, and nothing is looked up. Only this package can make an {@link
 * dev.keyhole.gateway.access.Authenticated} and a {@link dev.keyhole.gateway.access.Grant}. Imports {@code model} and
 * {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.access;

import org.jspecify.annotations.NullMarked;
