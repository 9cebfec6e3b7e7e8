/**
 * Puts a Keyhole on a base.
 *
 * <p>What: {@link dev.keyhole.image.build.ImageBuild} lists the steps in order: look into the base, check that the two fit,
 * lay the layers, push or write. {@link dev.keyhole.image.build.Dockerfile} says the same for people who must build in a
 * pipeline of their own.
 *
 * <p>Why: nothing of the base is run, so nothing of it can do anything to the machine that builds; the same inputs give the
 * same digest.
 *
 * <p>Imports: {@code image.base}, jib-core.
 */
@NullMarked
package dev.keyhole.image.build;

import org.jspecify.annotations.NullMarked;
