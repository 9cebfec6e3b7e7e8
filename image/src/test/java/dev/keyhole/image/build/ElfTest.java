package dev.keyhole.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    @Test
    void theJavaThatRunsThisNeedsTheSystemsLoaderAndSaysWhichGlibc() throws IOException {
        Elf java = Elf.read(JAVA).orElseThrow();

        assertThat(java.interpreter()).isTrue();
        assertThat(java.architecture()).isIn("amd64", "arm64");
        assertThat(java.glibc()).isPresent();
    }

    @Test
    void whatTheSystemBringsIsBuiltWithItsOwnNewerGlibc() throws IOException {
        Version needed = Elf.read(Path.of("/usr/bin/env")).orElseThrow().glibc().orElseThrow();

        assertThat(needed).isGreaterThan(new Version(2, 28));
    }

    @Test
    void aScriptIsNone(@TempDir Path directory) throws IOException {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n".repeat(20));
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThat(List.of(Elf.read(script), Elf.read(empty))).allMatch(Optional::isEmpty);
    }

    @Test
    void aFileThatEndsTooEarlyIsDamaged(@TempDir Path directory) throws IOException {
        byte[] whole = Files.readAllBytes(JAVA);
        Path half = Files.write(directory.resolve("half"), Arrays.copyOf(whole, 100));

        assertThatThrownBy(() -> Elf.read(half)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GLIBC_2.17, 2.17",
        "GLIBC_2.2.5, 2.2",
        "GLIBC_2.38, 2.38",
        "GLIBCXX_3.4, none",
        "GLIBC_PRIVATE, none"
    })
    void symbolsNameTheirVersion(String symbol, String version) {
        assertThat(Version.ofGlibcSymbol(symbol).map(Version::toString).orElse("none"))
                .isEqualTo(version);
    }
}
