/** Clients that obey nobody, and what the door does with them: entrance, forwards, floods. */
@NullMarked
package dev.keyhole.system.hostile;

import org.jspecify.annotations.NullMarked;
