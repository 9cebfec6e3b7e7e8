/**
 * {@code keyhole open} as a person runs it: the real command and the real {@code ssh}, against Debian's {@code sshd} as a
 * stand-in for a door far away, with a small web server behind it.
 */
@NullMarked
package dev.keyhole.system.open;

import org.jspecify.annotations.NullMarked;
