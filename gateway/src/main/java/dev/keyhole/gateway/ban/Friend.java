package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Instant;

/**
 * A source from which somebody logged in lately.
 *
 * @param last when, at the latest
 */
public record Friend(SourceGroup source, Instant last) {}
