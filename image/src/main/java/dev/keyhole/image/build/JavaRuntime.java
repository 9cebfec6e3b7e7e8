package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The small Java that an image carries: linked by jlink from the JDK that runs this command, once for each JDK, with the
 * modules that a door needs and no more.
 *
 * @param directory its root
 * @param glibc the newest GNU C library that any part of it needs
 * @param architecture as images name it
 */
record JavaRuntime(Path directory, Version glibc, String architecture) {
    /** That of the oldest base that people still use, Ubuntu 20.04, is 2.31; 2.28 leaves room for Debian 10 and RHEL 8. */
    private static final Version NEWEST = new Version(2, 28);

    /** What gateway and its libraries import; a door that lacks one ends with a word about it in the first test of an image. */
    private static final String MODULES =
            String.join(
                    ",",
                    "java.base",
                    "java.desktop",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.rmi",
                    "java.security.jgss",
                    "java.sql",
                    "java.xml",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.net",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private static final List<String> LINK =
            List.of(
                    "--add-modules",
                    MODULES,
                    "--strip-java-debug-attributes",
                    "--no-man-pages",
                    "--no-header-files");
    // A change of what else is done to it needs another name here.
    private static final String AND_THEN = "shared classes";

    /**
     * Links it, unless that was done before.
     *
     * @param java the JDK to take
     * @param cache where linked runtimes are kept
     * @throws ImageFailure (1) when that is no JDK, or one that runs on newer systems only
     */
    static JavaRuntime of(Path java, Path cache) throws ImageFailure {
        try {
            Path linked = cache.resolve(name(java));
            if (!Files.exists(linked.resolve("release"))) {
                link(linked);
            }
            return checked(linked);
        } catch (IOException e) {
            throw failed("The Java for the image cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private static String name(Path java) throws IOException {
        try {
            byte[] release = Files.readAllBytes(java.resolve("release"));
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(release);
            hash.update((String.join(" ", LINK) + AND_THEN).getBytes(StandardCharsets.UTF_8));
            return "java-" + HexFormat.of().formatHex(hash.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void link(Path to) throws IOException, ImageFailure {
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                failed(
                                        "This Java has no jlink. Run keyhole with a JDK 25, not a runtime alone.",
                                        null));
        Files.createDirectories(to.getParent());
        Path draft = Files.createTempDirectory(to.getParent(), "java-new");
        Path tree = draft.resolve("java");
        try {
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said, true);
            String[] arguments =
                    Stream.concat(LINK.stream(), Stream.of("--output", tree.toString()))
                            .toArray(String[]::new);
            if (jlink.run(out, out, arguments) != 0) {
                throw failed("jlink failed: " + said.toString().strip(), null);
            }
            shareClasses(tree);
            // Somebody else may have linked the same meanwhile.
            if (!Files.exists(to)) {
                Files.move(tree, to, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            remove(draft);
        }
    }

    /** Halves the start of a door; jlink's own archive is for other flags than a door's. The same bytes each time. */
    private static void shareClasses(Path java) throws IOException, ImageFailure {
        List<String> command =
                List.of(java.resolve("bin/java").toString(), "-Xshare:dump", ProgramFiles.HEADERS);
        Process dump =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (dump.waitFor() != 0) {
                throw failed(
                        "The linked Java does not run here: " + command.getFirst() + ".", null);
            }
        } catch (InterruptedException e) {
            dump.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static JavaRuntime checked(Path directory) throws IOException, ImageFailure {
        Version newest = new Version(0, 0);
        String architecture = "";
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Optional<Elf> elf = Elf.read(file);
                if (elf.isPresent()) {
                    architecture = elf.get().architecture();
                    Version needed = elf.get().glibc().orElse(newest);
                    requireOld(directory.relativize(file), needed);
                    newest = needed.compareTo(newest) > 0 ? needed : newest;
                }
            }
        }
        return new JavaRuntime(directory, newest, architecture);
    }

    private static void requireOld(Path file, Version needed) throws ImageFailure {
        if (needed.compareTo(NEWEST) > 0) {
            throw failed(
                    "The JDK that runs this command is built for newer systems than images may be: "
                            + file
                            + " needs glibc "
                            + needed
                            + ", and "
                            + NEWEST
                            + " is the newest that every base has. Run keyhole with a Temurin JDK 25.",
                    null);
        }
    }

    private static ImageFailure failed(String text, @Nullable Exception why) {
        return new ImageFailure(ExitStatus.FAILED, Code.IMAGE_NOT_BUILT, text, why);
    }
}
