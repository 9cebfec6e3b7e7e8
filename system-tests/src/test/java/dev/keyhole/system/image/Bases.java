package dev.keyhole.system.image;

import dev.keyhole.system.Ran;
import dev.keyhole.system.TestVenv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Base images in files, as {@code docker save} writes them. Each is made once on a machine and found there by the next run;
 * making all of them takes about three minutes.
 */
public final class Bases {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Path PLACE = Path.of("/var/tmp/keyhole-bases");

    private Bases() {}

    /** JupyterLab on jupyter_server 2, and TensorBoard. */
    public static Path jupyter() {
        return made("jupyter", debian().toString(), TestVenv.shared().toString());
    }

    /** The old notebook 6.4.12 on Python 3.8, as in tensorflow 2.9.0-jupyter; empty where there is no Python 3.8 to copy. */
    static Optional<Path> classic() {
        return python38().map(python -> made("classic", debian().toString(), python.toString()));
    }

    /** No Jupyter at all. */
    public static Path withoutJupyter() {
        return made("empty", debian().toString());
    }

    private static Path debian() {
        return made("debian");
    }

    private static Optional<Path> python38() {
        Path versions =
                Path.of(
                        Objects.requireNonNullElse(System.getenv("HOME"), "/root"),
                        ".pyenv/versions");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.filter(version -> version.getFileName().toString().startsWith("3.8."))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(String kind, String... arguments) {
        try {
            Files.createDirectories(PLACE);
            Path tar = PLACE.resolve(kind + ".tar");
            try (FileChannel channel =
                            FileChannel.open(
                                    PLACE.resolve(kind + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(tar)) {
                    make(kind, tar, arguments);
                }
                return tar;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(String kind, Path tar, String... arguments) throws IOException {
        Path script = PLACE.resolve("make-base.sh");
        try (var in = Objects.requireNonNull(Bases.class.getResourceAsStream("make-base.sh"))) {
            Files.write(script, in.readAllBytes());
        }
        List<String> command =
                new ArrayList<>(List.of("bash", script.toString(), kind, tar.toString()));
        command.addAll(List.of(arguments));
        Ran.of(PATIENCE, command).orFail();
    }
}
