/** {@code keyhole inside}: the first program of our images, outside of any container. */
@NullMarked
package dev.keyhole.system.inside;

import org.jspecify.annotations.NullMarked;
