package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;

/**
 * A connection that was let in and has proved nothing yet.
 *
 * @param atNanos {@link System#nanoTime()} at the TCP accept; the login deadline counts from here
 */
public record Arrival(SessionId session, Source source, long atNanos) {}
