/** Images: built from real bases, run by a real engine. */
@NullMarked
package dev.keyhole.system.image;

import org.jspecify.annotations.NullMarked;
