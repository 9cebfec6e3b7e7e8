package dev.keyhole.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A page under docs/ that code generates: compared, or with -Dkeyhole.write-docs=true written. */
public final class ReferencePage {
    private ReferencePage() {}

    /** What the page should hold from now on; returns what it holds. */
    public static String compared(String page, String generated) throws IOException {
        Path file = docs().resolve(page);
        if (Boolean.getBoolean("keyhole.write-docs")) {
            Files.createDirectories(docs());
            Files.writeString(file, generated);
        }
        return Files.readString(file);
    }

    private static Path docs() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory =
                    Objects.requireNonNull(directory.getParent(), "no checkout around the tests");
        }
        return directory.resolve("docs");
    }
}
