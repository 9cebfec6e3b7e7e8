/** What an honest client's forwards reach, and that every byte and every end of a stream arrives as it was sent. */
@NullMarked
package dev.keyhole.system.forward;

import org.jspecify.annotations.NullMarked;
