/** What operators decided outlives kills, upgrades and lost disks, or the door says what is wrong and does not start. */
@NullMarked
package dev.keyhole.system.store;

import org.jspecify.annotations.NullMarked;
