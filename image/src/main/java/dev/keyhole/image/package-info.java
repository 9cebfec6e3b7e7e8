/**
 * Hardened workspace images, built, read and compared without a daemon.
 *
 * <p>What: {@code base} reads a base image from a registry or a file; {@code build} puts a Keyhole on it; {@code
 * freshness} says when it is time to do so again. Here stands only what they all say when they cannot.
 *
 * <p>Why: an image is a list of archives and a little JSON; making one needs no root and no daemon of the machine.
 *
 * <p>Imports: {@code wire}, jib-core, commons-compress, jackson-databind. The doors of these libraries are here and
 * nowhere else. Neither the gateway nor the command is known.
 */
@NullMarked
package dev.keyhole.image;

import org.jspecify.annotations.NullMarked;
