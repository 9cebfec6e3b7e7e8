/**
 * The wiring: which object uses which, by hand, top to bottom; and starting, draining and stopping a door. The highest
 * floor; nothing imports it but the command.
 */
@NullMarked
package dev.keyhole.gateway.boot;

import org.jspecify.annotations.NullMarked;
