package dev.keyhole.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies in {@code /opt/keyhole} of an image, and how it is started there. */
final class ProgramFiles {
    static final String ROOT = "/opt/keyhole";

    private static final String JAVA = ROOT + "/jdk/bin/java";
    private static final String CLASS_PATH = ROOT + "/lib/*";
    private static final String MAIN = "dev.keyhole.app.Keyhole";

    /** Smaller objects; a shared archive of classes is made for that or does not count. */
    static final String HEADERS = "-XX:+UseCompactObjectHeaders";

    /** As bin/keyhole starts a door. */
    private static final List<String> FLAGS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    HEADERS,
                    "-XX:+ExitOnOutOfMemoryError");

    private ProgramFiles() {}

    /** tini, and as its only child a door. */
    static List<String> entrypoint() {
        List<String> words = new ArrayList<>(List.of(ROOT + "/bin/tini", "--", JAVA));
        words.addAll(FLAGS);
        words.addAll(List.of("-cp", CLASS_PATH, MAIN));
        return words;
    }

    /** Where it finds itself, for processes of its own kind. */
    static List<String> environment() {
        return List.of("KEYHOLE_JAVA=" + JAVA, "KEYHOLE_CLASSPATH=" + CLASS_PATH);
    }

    static List<Placed> java(JavaRuntime java) throws IOException {
        List<Placed> placed = new ArrayList<>();
        try (Stream<Path> all = Files.walk(java.directory())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                placed.add(
                        Placed.file(
                                ROOT + "/jdk/" + java.directory().relativize(file),
                                file,
                                Files.isExecutable(file)));
            }
        }
        return placed;
    }

    /** @param drafts a directory for files that are made here */
    static List<Placed> door(Program program, InitProgram init, Path drafts) throws IOException {
        List<Placed> placed = new ArrayList<>();
        for (Path jar : program.jars()) {
            placed.add(Placed.file(ROOT + "/lib/" + jar.getFileName(), jar, false));
        }
        Path command = drafts.resolve("keyhole");
        Files.writeString(
                command,
                """
                #!/bin/sh
                # The keyhole command of this image: podman exec CONTAINER keyhole --home /state status
                exec %s %s -cp '%s' %s "$@"
                """
                        .formatted(JAVA, String.join(" ", FLAGS), CLASS_PATH, MAIN));
        placed.add(Placed.file(ROOT + "/bin/keyhole", command, true));
        placed.add(Placed.file(ROOT + "/bin/tini", init.file(), true));
        return placed;
    }
}
