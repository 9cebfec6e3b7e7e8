package dev.keyhole.image.base;

/**
 * One layer as it is stored.
 *
 * @param digest {@code sha256:…} of its bytes in the registry; of an archive, the same as {@code diffId}
 * @param diffId {@code sha256:…} of the uncompressed archive, by which the config names it
 * @param size bytes as stored
 */
public record BaseLayer(String digest, String diffId, long size) {}
