/**
 * Who is punished for refused connections, and how others hear of it. Pure: no sockets, threads or files.
 *
 * <p>Imports {@code model} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.ban;

import org.jspecify.annotations.NullMarked;
