/** {@code keyhole image check} and {@code rollback} against real registries on loopback. */
@NullMarked
package dev.keyhole.system.freshness;

import org.jspecify.annotations.NullMarked;
