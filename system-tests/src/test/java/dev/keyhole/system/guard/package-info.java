/** Attackers from addresses of their own, and what the door, the kernel and fail2ban do about them. */
@NullMarked
package dev.keyhole.system.guard;

import org.jspecify.annotations.NullMarked;
