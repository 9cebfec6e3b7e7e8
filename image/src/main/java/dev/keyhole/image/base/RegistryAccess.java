package dev.keyhole.image.base;

import dev.keyhole.image.ImageCache;

/**
 * What reading from registries needs to know.
 *
 * @param probe knows what the person accepts, and asks each registry once
 */
public record RegistryAccess(
        ImageCache cache,
        RegistryCredentials credentials,
        RegistryProbe probe,
        PullListener listener) {}
