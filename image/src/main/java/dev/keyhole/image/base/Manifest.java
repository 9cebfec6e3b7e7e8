package dev.keyhole.image.base;

import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;

/**
 * The manifest of one image for one architecture.
 *
 * @param digest {@code sha256:…} of this manifest
 * @param askedDigest of what the tag names: the same, or that of the index that names this manifest
 */
record Manifest(String digest, String askedDigest, BuildableManifestTemplate template) {}
