/**
 * Guards the door: who may begin a connection now, who has failed too often, and how others hear of it.
 *
 * <p>Pure: no sockets, no threads, no files; the monotonic time is passed in. What is kept goes through {@link
 * dev.keyhole.gateway.ban.BanStore}, what the kernel shall do through {@link dev.keyhole.gateway.ban.Drops}. Imports
 * {@code model}, {@code audit} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.ban;

import org.jspecify.annotations.NullMarked;
