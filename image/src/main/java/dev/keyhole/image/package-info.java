/**
 * Hardened workspace images, built without a daemon. Empty until the container launcher comes.
 */
@NullMarked
package dev.keyhole.image;

import org.jspecify.annotations.NullMarked;
