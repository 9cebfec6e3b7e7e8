package dev.keyhole.image.build;

import dev.keyhole.image.base.RegistryAccess;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an image is made with.
 *
 * @param version of this Keyhole
 * @param classPath of this command, as Java takes it
 * @param java the JDK that runs it
 * @param init the init to take; absent means the machine's tini
 */
public record Kit(
        String version, String classPath, Path java, Optional<Path> init, RegistryAccess access) {}
