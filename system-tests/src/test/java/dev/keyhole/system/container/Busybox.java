package dev.keyhole.system.container;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * An image of two megabytes, as {@code docker save} writes them: one program, and nothing that a workspace needs.
 *
 * @param architecture as its config has it, whatever its program is
 * @param entrypoint what a container of it runs
 * @param ballast megabytes that do not compress
 */
public record Busybox(String architecture, List<String> entrypoint, int ballast) {
    private static final Path PROGRAM = Path.of("/bin/busybox");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of this machine's kind. */
    public static Busybox running(String... entrypoint) {
        return new Busybox("amd64", List.of(entrypoint), 0);
    }

    /** What no machine of this kind can run. */
    public static Busybox foreign() {
        return new Busybox("arm64", List.of("/bin/foreign"), 0);
    }

    /** One that takes a while, or a disk. */
    public static Busybox ofMegabytes(int ballast) {
        return new Busybox("amd64", List.of("/bin/sh"), ballast);
    }

    /** Writes the archive. */
    public Path write(Path archive) {
        Path work = Places.fresh("busybox");
        try {
            Path tree = work.resolve("tree");
            Files.createDirectories(tree.resolve("bin"));
            Files.copy(PROGRAM, tree.resolve("bin/busybox"));
            Files.createSymbolicLink(tree.resolve("bin/sh"), Path.of("busybox"));
            // What the kernel has no loader for, as it has none for another machine's programs.
            Path foreign = Files.writeString(tree.resolve("bin/foreign"), "\0foreign");
            Ran.of(PATIENCE, "chmod", "755", foreign.toString()).orFail();
            byte[] noise = new byte[ballast << 20];
            new Random(0).nextBytes(noise);
            Files.write(tree.resolve("ballast"), noise);
            Path layer = work.resolve("layer.tar");
            tar(tree, layer, ".");
            Files.writeString(work.resolve("config.json"), config(digest(layer)));
            Files.writeString(
                    work.resolve("manifest.json"),
                    """
                    [{"Config":"config.json","RepoTags":[],"Layers":["layer.tar"]}]\
                    """);
            tar(work, archive, "manifest.json", "config.json", "layer.tar");
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Places.remove(work);
        }
    }

    private String config(String layer) {
        return """
        {"architecture":"%s","os":"linux","created":"2026-11-01T00:00:00Z",
        "config":{"Env":["PATH=/bin"],"Entrypoint":[%s]},
        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}\
        """
                .formatted(
                        architecture,
                        entrypoint.stream()
                                .map(word -> '"' + word + '"')
                                .collect(Collectors.joining(",")),
                        layer);
    }

    private static void tar(Path directory, Path archive, String... names) {
        Ran.of(
                        PATIENCE,
                        List.of(
                                "sh",
                                "-c",
                                "tar --owner=0 --group=0 --sort=name -C \"$0\" -cf \"$1\" $2",
                                directory.toString(),
                                archive.toString(),
                                String.join(" ", names)))
                .orFail();
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
