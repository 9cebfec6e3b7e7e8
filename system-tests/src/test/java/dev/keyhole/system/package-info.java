/**
 * Starts the real command and talks to it with real clients: what every system test stands on.
 *
 * <p>{@link dev.keyhole.system.Door} is one running door with a home of its own; {@link dev.keyhole.system.SharedDoor}
 * lends one to all tests that do it no harm; {@link dev.keyhole.system.NoLeaks} fails a test that leaves a process behind.
 */
@NullMarked
package dev.keyhole.system;

import org.jspecify.annotations.NullMarked;
