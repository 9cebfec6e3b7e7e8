/**
 * Reads a base image: what it says of itself, and what its files hold, without starting or unpacking it.
 *
 * <p>What: {@link dev.keyhole.image.base.DockerArchive} opens a file of {@code docker save} or {@code podman save};
 * either way a {@link dev.keyhole.image.base.BaseImage} comes out. The layers go one over the other into a {@link
 * dev.keyhole.image.base.FileTree}, as a container engine would do it, and {@link
 * dev.keyhole.image.base.ContentsReader} asks that tree: users and groups, what is setuid, packages, Jupyter.
 *
 * <p>Why a tree and not a directory: nothing of a stranger's archive is written under a name that it chose.
 *
 * <p>Imports: commons-compress, jackson-databind, jib-core.
 */
@NullMarked
package dev.keyhole.image.base;

import org.jspecify.annotations.NullMarked;
