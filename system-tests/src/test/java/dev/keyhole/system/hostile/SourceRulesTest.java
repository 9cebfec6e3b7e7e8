package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes of MINA that must not come back: each was a hole, or makes one easy. */
final class SourceRulesTest {
    private static final Pattern HOLES =
            Pattern.compile(
                    "AsyncAuthException|DefaultAuthorizedKeysAuthenticator|AuthorizedKeysAuthenticator"
                            + "|GeneratorHostKeyProvider|AcceptAllPublickeyAuthenticator|AcceptAllForwardingFilter"
                            + "|UserAuthPasswordFactory|UserAuthKeyboardInteractiveFactory|UserAuthHostBasedFactory");

    // E30
    @Test
    void noCodeOfTheDoorUsesThem() throws IOException {
        List<Path> sources = sources();

        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(sources)
                .allSatisfy(source ->
                        assertThat(Files.readString(source)).doesNotContainPattern(HOLES));
    }

    // E30
    @Test
    void onlyTheDoorAndTheHopSetLoginMethodsAndEachSetsOne() throws IOException {
        assertThat(sources().stream().filter(source -> contains(source, "setUserAuthFactories(")))
                .extracting(source -> source.getFileName().toString())
                .containsExactlyInAnyOrder("Door.java", "HopClient.java");
        assertThat(sources().stream().filter(source -> source.endsWith("HopClient.java")))
                .allMatch(source -> contains(source, "List.of(UserAuthPublicKeyFactory.INSTANCE)"));
    }

    private static boolean contains(Path source, String text) {
        try {
            return Files.readString(source).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Places.checkout().resolve("gateway/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
