/**
 * The laptop side: opens a tunnel with the system's ssh and keeps it open.
 */
@NullMarked
package dev.keyhole.client;

import org.jspecify.annotations.NullMarked;
