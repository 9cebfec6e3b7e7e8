package dev.keyhole.image.build;

import java.nio.file.Path;

/** Where an image goes. */
public sealed interface Target {
    /**
     * A registry.
     *
     * @param reference {@code HOST/REPOSITORY:TAG}
     */
    record Registry(String reference) implements Target {
        @Override
        public String toString() {
            return reference;
        }
    }

    /**
     * A file that {@code docker load} and {@code podman load} read.
     *
     * @param file replaced when it exists, and only when the new one is whole
     */
    record Tar(Path file) implements Target {
        @Override
        public String toString() {
            return file.toString();
        }
    }
}
