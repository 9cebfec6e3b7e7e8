package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of this command that a door needs; what builds images and speaks with engines stays outside.
 *
 * @param jars in order of their names
 */
record Program(List<Path> jars) {
    private static final String ALL = "/*";

    /** The beginnings of their names; each must be there. */
    private static final List<String> NEEDED =
            List.of(
                    "app-",
                    "bcprov-jdk18on-",
                    "client-",
                    "flyway-core-",
                    "gateway-",
                    "geantyref-",
                    "image-",
                    "jackson-core-3.",
                    "jcl-over-slf4j-",
                    "jdbi3-core-",
                    "jspecify-",
                    "logback-classic-",
                    "logback-core-",
                    "picocli-",
                    "prometheus-metrics-config-",
                    "prometheus-metrics-exposition-textformats-",
                    "prometheus-metrics-model-",
                    "slf4j-api-",
                    "snakeyaml-engine-",
                    "sqlite-jdbc-",
                    "sshd-common-",
                    "sshd-core-",
                    "wire-");

    /**
     * Picks them.
     *
     * @param classPath as Java takes it: files, and directories with {@code /*}
     * @throws ImageFailure (1) when one is missing, as in a development environment that runs from classes
     */
    static Program of(String classPath) throws ImageFailure {
        List<Path> all = jars(classPath);
        List<Path> picked = new ArrayList<>();
        for (String name : NEEDED) {
            Path jar =
                    all.stream()
                            .filter(file -> String.valueOf(file.getFileName()).startsWith(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new ImageFailure(
                                            ExitStatus.FAILED,
                                            Code.IMAGE_NOT_BUILT,
                                            "There is no jar "
                                                    + name
                                                    + "… in the class path. Run bin/keyhole, which is made of jars."));
            picked.add(jar);
        }
        return new Program(List.copyOf(picked));
    }

    private static List<Path> jars(String classPath) throws ImageFailure {
        List<Path> jars = new ArrayList<>();
        for (String entry : classPath.split(":")) {
            if (entry.endsWith(ALL)) {
                try (Stream<Path> files =
                        Files.list(Path.of(entry.substring(0, entry.length() - ALL.length())))) {
                    files.sorted().forEach(jars::add);
                } catch (IOException e) {
                    throw new ImageFailure(
                            ExitStatus.FAILED,
                            Code.IMAGE_NOT_BUILT,
                            "The program's own files cannot be read: " + e.getMessage() + ".",
                            e);
                }
            } else if (!entry.isEmpty()) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }
}
