package dev.keyhole.image.base;

import dev.keyhole.image.ImageCache;

/**
 * What reading from registries needs to know.
 *
 * @param insecure whether the person accepts plain HTTP and certificates that nobody vouches for
 */
public record RegistryAccess(
        ImageCache cache,
        RegistryCredentials credentials,
        boolean insecure,
        PullListener listener) {}
