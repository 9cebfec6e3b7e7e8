package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * This program, as it is started again for a process of its own.
 *
 * @param java the {@code java} command
 * @param classpath files, directories, and directories with {@code /*} for all jars in them
 */
record Program(Path java, List<String> classpath) {
    private static final String MAIN = "dev.keyhole.app.Keyhole";
    private static final String ALL_JARS = "/*";
    private static final Set<String> NOT_NEEDED =
            Set.of("jmods", "include", "man", "demo", "src.zip", "legal");

    static Program current() {
        String java =
                Objects.requireNonNullElseGet(
                        System.getenv("KEYHOLE_JAVA"),
                        () -> System.getProperty("java.home") + "/bin/java");
        String classpath =
                Objects.requireNonNullElseGet(
                        System.getenv("KEYHOLE_CLASSPATH"),
                        () -> System.getProperty("java.class.path"));
        return new Program(Path.of(java), List.of(classpath.split(":")));
    }

    /** The command line that runs a verb in a process of its own. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData"));
        // The same wish for the JVM as for ours; last, because the last of two counts.
        String options = Objects.requireNonNullElse(System.getenv("KEYHOLE_JAVA_OPTS"), "");
        command.addAll(
                List.of(options.split(" ")).stream().filter(word -> !word.isBlank()).toList());
        command.addAll(List.of("-cp", String.join(":", classpath), MAIN));
        command.addAll(arguments);
        return command;
    }

    /** A program that any OS user may read: this one, or as much of it as need be copied into the home. */
    Program readableByAll(HomeLayout home) throws IOException {
        boolean readable = files().stream().allMatch(OpenToOthers::canRead);
        Path runtime = Objects.requireNonNull(java.toRealPath().getParent()).getParent();
        boolean runs =
                OpenToOthers.canRead(java)
                        && (runtime == null || OpenToOthers.canRead(runtime.resolve("lib")));
        return new Program(
                runs || runtime == null ? java : copyOfRuntime(runtime, home.app().resolve("jdk")),
                readable ? classpath : List.of(copyOfJars(home.app().resolve("lib")).split(":")));
    }

    private List<Path> files() {
        return classpath.stream()
                .map(entry -> Path.of(entry.endsWith(ALL_JARS) ? parent(entry) : entry))
                .flatMap(Program::withChildren)
                .toList();
    }

    private static Stream<Path> withChildren(Path entry) {
        if (!Files.isDirectory(entry)) {
            return Stream.of(entry);
        }
        try (Stream<Path> children = Files.list(entry)) {
            return Stream.concat(Stream.of(entry), children.toList().stream());
        } catch (IOException e) {
            return Stream.of(entry);
        }
    }

    private static String parent(String entry) {
        return entry.substring(0, entry.length() - ALL_JARS.length());
    }

    /** One directory for each entry, in order, so that equal names of files do not meet. */
    private String copyOfJars(Path target) throws IOException {
        remove(target);
        List<String> copied = new ArrayList<>();
        for (String entry : classpath) {
            boolean all = entry.endsWith(ALL_JARS);
            Path from = Path.of(all ? parent(entry) : entry);
            Path to = target.resolve(Integer.toString(copied.size())).resolve(from.getFileName());
            copy(from, to);
            copied.add(all ? to + ALL_JARS : to.toString());
        }
        return String.join(":", copied);
    }

    private static Path copyOfRuntime(Path runtime, Path target) throws IOException {
        Path release = target.resolve("release");
        boolean copied =
                Files.exists(release)
                        && Files.mismatch(release, runtime.resolve("release")) == -1
                        && Files.exists(target.resolve("bin/java"));
        if (!copied) {
            Path draft = target.resolveSibling("jdk.new");
            remove(draft);
            copy(runtime, draft);
            remove(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target.resolve("bin/java");
    }

    private static void copy(Path from, Path to) throws IOException {
        Path parent = Objects.requireNonNull(to.getParent());
        Files.createDirectories(
                parent,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (NOT_NEEDED.contains(String.valueOf(directory.getFileName()))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Path copy = to.resolve(from.relativize(directory).toString());
                        Files.createDirectories(copy);
                        open(copy, true);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (!NOT_NEEDED.contains(String.valueOf(file.getFileName()))) {
                            Path copy = to.resolve(from.relativize(file).toString());
                            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                            open(copy, Files.isExecutable(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void open(Path copy, boolean executable) throws IOException {
        Files.setPosixFilePermissions(
                copy, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
