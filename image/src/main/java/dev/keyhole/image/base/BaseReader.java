package dev.keyhole.image.base;

import dev.keyhole.image.ImageFailure;
import java.nio.file.Path;

/** Reads a base from wherever a person names it: a registry, or a file. Thread-safe. */
public final class BaseReader {
    private static final String ARCHIVE = ".tar";

    private final RegistryAccess access;

    public BaseReader(RegistryAccess access) {
        this.access = access;
    }

    /** Whether that names a file: it ends with {@code .tar}, or is a path from the root or from here. */
    public static boolean isFile(String from) {
        return from.endsWith(ARCHIVE) || from.startsWith("/") || from.startsWith("./");
    }

    /**
     * Reads it all; layers that are not in the cache are downloaded.
     *
     * @param from {@code HOST/REPOSITORY:TAG}, {@code …@sha256:…}, or a docker-archive's path
     * @param architecture such as {@code amd64}
     * @throws ImageFailure (1) no such image, for another architecture, damaged, disk full; (2) no reference; (3) login
     *     refused; (4) the registry does not answer, which is told within 15 s
     */
    public BaseImage read(String from, String architecture) throws ImageFailure {
        if (isFile(from)) {
            return new DockerArchive(Path.of(from), access.cache().kept()).read(architecture);
        }
        return new RegistryReader(access).read(References.parse(from), architecture);
    }
}
