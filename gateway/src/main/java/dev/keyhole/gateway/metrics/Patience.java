package dev.keyhole.gateway.metrics;

import java.time.Duration;

/**
 * How long a connection may take for what.
 *
 * @param request from its first byte to its last, and as long for an answer to be read
 * @param pause between two requests
 * @param life from the first request on; after it the next scrape opens a forward of its own and is judged again
 */
record Patience(Duration request, Duration pause, Duration life) {
    /** A scrape comes every minute or more often; who is no admin any more scrapes for another ten at most. */
    static final Patience USUAL =
            new Patience(Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofMinutes(10));
}
