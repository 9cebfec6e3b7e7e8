package dev.keyhole.system.metrics;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus' own checker: on PATH, or where {@code bin/test} unpacks it without installing a server. */
record PromTool(Path program) {
    static Optional<PromTool> find() {
        Path unpacked = Places.checkout().resolve("system-tests/target/promtool/usr/bin/promtool");
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":"))
                                .map(directory -> Path.of(directory, "promtool")),
                        Stream.of(unpacked))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PromTool::new);
    }

    Ran check(String what, Path file) {
        return Ran.of(Duration.ofSeconds(30), program.toString(), "check", what, file.toString());
    }

    /** Complains about names, types and help texts too. */
    Ran checkMetrics(Path file) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                "sh",
                                "-c",
                                "\"$0\" check metrics <\"$1\"",
                                program.toString(),
                                file.toString()));
        return Ran.of(Duration.ofSeconds(30), builder);
    }
}
