/** What {@code up} and {@code serve} say and leave when they cannot start, and that odd but legal wishes work. */
@NullMarked
package dev.keyhole.system.start;

import org.jspecify.annotations.NullMarked;
