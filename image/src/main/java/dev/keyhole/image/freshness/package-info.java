/**
 * Says whether an image has aged: newer digests and tags of its base, the end of a line's maintenance, known
 * vulnerabilities, a Jupyter that is too old.
 *
 * <p>What: {@link dev.keyhole.image.freshness.FreshnessCheck} asks the questions one after the other and collects {@link
 * dev.keyhole.image.freshness.Finding}s; each question is a class of its own.
 *
 * <p>Why: an image is pinned by digest, so nothing changes by itself, and somebody must say when it should.
 *
 * <p>Imports: {@code image.base}, jackson-databind.
 */
@NullMarked
package dev.keyhole.image.freshness;

import org.jspecify.annotations.NullMarked;
