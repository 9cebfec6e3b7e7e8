/** Doors and notebooks that are killed, closed, stopped, drained and started again. */
@NullMarked
package dev.keyhole.system.life;

import org.jspecify.annotations.NullMarked;
