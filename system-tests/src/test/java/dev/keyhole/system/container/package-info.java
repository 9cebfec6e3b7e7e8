/** Real container engines, private to a test: own storage, own sockets, nothing of the machine's. */
@NullMarked
package dev.keyhole.system.container;

import org.jspecify.annotations.NullMarked;
