package dev.keyhole.image.base;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file that lends its user, its group or kernel capabilities to whoever runs it, or a directory that lends its group.
 *
 * @param owner as the base has it, with the bits
 * @param fileCapabilities whether it carries {@code security.capability}; an entry of a later layer has none
 * @param content a copy of a file's bytes, in the cache; empty for a directory
 * @param parents every directory above it with its own owner, outermost first, so that a layer that names them again
 *     changes nothing about them; paths without a leading slash
 */
public record Privileged(
        Owner owner,
        boolean fileCapabilities,
        boolean directory,
        Optional<Path> content,
        Map<String, Owner> parents) {
    public Privileged {
        parents = Collections.unmodifiableMap(new TreeMap<>(parents));
    }
}
