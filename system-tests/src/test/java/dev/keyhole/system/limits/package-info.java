/** How much a principal may use, how long its workspace lives unused, and what it sees of its own history. */
@NullMarked
package dev.keyhole.system.limits;

import org.jspecify.annotations.NullMarked;
