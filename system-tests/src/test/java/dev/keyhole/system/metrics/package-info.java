/** What the door says in numbers: to Prometheus, over the control socket and through a forward, and to operators. */
@NullMarked
package dev.keyhole.system.metrics;

import org.jspecify.annotations.NullMarked;
