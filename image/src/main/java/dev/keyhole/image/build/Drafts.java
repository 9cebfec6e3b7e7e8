package dev.keyhole.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory for files that are made for an image, until closed. */
record Drafts(Path directory) implements AutoCloseable {
    static Drafts make() throws IOException {
        return new Drafts(Files.createTempDirectory("keyhole-image-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }
}
