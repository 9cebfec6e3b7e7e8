/**
 * Finds what a machine exposes: notebooks on open ports, keys that are too weak. Empty until it comes.
 */
@NullMarked
package dev.keyhole.doctor;

import org.jspecify.annotations.NullMarked;
