/** What other users of the machine, a neighbour on the wire and the notebook itself cannot get at. */
@NullMarked
package dev.keyhole.system.isolation;

import org.jspecify.annotations.NullMarked;
