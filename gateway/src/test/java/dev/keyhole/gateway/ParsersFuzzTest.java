package dev.keyhole.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.KeyLinesFuzz;
import dev.keyhole.gateway.audit.AuditLinesFuzz;
import dev.keyhole.gateway.broker.RequestsFuzz;
import dev.keyhole.gateway.control.MemberWordsFuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parsers that read what strangers wrote, under Jazzer, which mutates along the branches it reaches: a moment in
 * {@code bin/test}, as many as it is told in {@code bin/soak fuzz}.
 */
class ParsersFuzzTest {
    private static final int SECONDS = Integer.getInteger("keyhole.fuzz", 0);

    @TempDir Path place;

    static List<Class<?>> targets() {
        return SECONDS == 0
                ? List.of(AllParsersFuzz.class)
                : List.of(
                        KeyLinesFuzz.class,
                        MemberWordsFuzz.class,
                        RequestsFuzz.class,
                        AuditLinesFuzz.class);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingThatIsReadThrowsOrHangs(Class<?> target) throws Exception {
        String said = fuzz(target, 0);

        assertThat(said).containsPattern("Done [1-9][0-9]{2,} runs");
    }

    @Test
    void anInputThatDoesThrowIsFound() throws Exception {
        assertThat(fuzz(Thrower.class, 77)).contains("it was three");
    }

    private String fuzz(Class<?> target, int exit) throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(place.resolve("corpus"));
        int number = 0;
        for (String seed : seeds()) {
            Files.writeString(corpus.resolve("seed" + number++), seed);
        }
        Path out = place.resolve("out");
        Process jazzer =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx512m",
                                "-XX:+EnableDynamicAgentLoading",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=" + target.getName(),
                                "--instrumentation_includes=dev.keyhole.**",
                                "-timeout=1",
                                // A parser that hoards meets the heap's end. What the compiler of
                                // the JVM takes beside it on a busy machine is not the parser's.
                                "-rss_limit_mb=0",
                                "-max_total_time=" + Math.max(3, SECONDS),
                                corpus.toString())
                        .directory(place.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        int code = jazzer.waitFor();
        String said = Files.readString(out);
        assertThat(code).as(said).isEqualTo(exit);
        return said;
    }

    private static List<String> seeds() throws IOException {
        try (InputStream lines = ParsersFuzzTest.class.getResourceAsStream("seeds.txt")) {
            assertThat(lines).isNotNull();
            return Stream.of(new String(lines.readAllBytes(), UTF_8).split("\n", -1)).toList();
        }
    }

    /** What a parser must not do. */
    static final class Thrower {
        private Thrower() {}

        public static void fuzzerTestOneInput(byte[] data) {
            if (data.length == 3) {
                throw new IllegalStateException("it was three");
            }
        }
    }
}
