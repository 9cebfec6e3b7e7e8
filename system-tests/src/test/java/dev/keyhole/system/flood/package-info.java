/**
 * More of everything than a door could ever need, and what others notice of it: logins beside it go on, and nothing of
 * it stays. Attackers come from addresses of their own in 127.0.0.0/8.
 */
@NullMarked
package dev.keyhole.system.flood;

import org.jspecify.annotations.NullMarked;
