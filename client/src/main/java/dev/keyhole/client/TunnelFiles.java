package dev.keyhole.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** Where a tunnel in the background keeps its log and its process id: the only class that knows these paths. */
public final class TunnelFiles {
    private final Path folder;

    public TunnelFiles(Map<String, String> environment, Path home) {
        this.folder =
                Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElse(home.resolve(".local").resolve("state"))
                        .resolve("keyhole")
                        .resolve("tunnels");
    }

    Path log(int localPort) {
        return folder.resolve(localPort + ".log");
    }

    Path pid(int localPort) {
        return folder.resolve(localPort + ".pid");
    }

    void create() throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Forgets a tunnel that ended; its log stays until the next tunnel on that port. */
    public void forget(int localPort) {
        try {
            Files.deleteIfExists(pid(localPort));
        } catch (IOException e) {
            // A stale pid file misleads nobody for long: the next tunnel on the port writes it
            // anew.
        }
    }
}
