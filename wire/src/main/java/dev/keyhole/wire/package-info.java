/**
 * What the parts of Keyhole say to each other and to people's scripts: refusal codes, exit statuses, JSON text.
 *
 * <p>The lowest floor. It depends on nothing, so that every other module may depend on it.
 */
@NullMarked
package dev.keyhole.wire;

import org.jspecify.annotations.NullMarked;
