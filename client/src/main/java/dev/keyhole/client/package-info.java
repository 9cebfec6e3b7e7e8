/**
 * The laptop's side: a tunnel to the services of one's own workspace that says what it is doing and stays up.
 *
 * <p>It drives the system's {@code ssh} instead of speaking SSH itself, so that agents, security keys, jump hosts and
 * {@code ~/.ssh/config} work as people know them. Everything that a person typed passes a strict grammar ({@link
 * dev.keyhole.client.Destination}, {@link dev.keyhole.client.Service}) before any program is started. {@link
 * dev.keyhole.client.Tunnel} lists the steps in reading order. Imports the {@code wire} module and the JDK.
 */
@NullMarked
package dev.keyhole.client;

import org.jspecify.annotations.NullMarked;
