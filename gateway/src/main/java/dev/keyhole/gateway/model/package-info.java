/**
 * Ids and values that every floor speaks of: names, fingerprints, sources, refusals. They validate themselves and hold
 * no behaviour beyond that. Imports only {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.model;

import org.jspecify.annotations.NullMarked;
