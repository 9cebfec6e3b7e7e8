package dev.keyhole.gateway.authlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {
    @TempDir private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("auth.log");
    }

    @Test
    void aFullFileMovesAsideAndOnlySoManyAreKept() throws IOException {
        try (RotatedFile rotated = new RotatedFile(file, 20, 2)) {
            for (int i = 0; i < 9; i++) {
                rotated.append(List.of("line " + i, "more"));
            }
        }
        assertThat(names()).containsExactly("auth.log", "auth.log.1", "auth.log.2");
        assertThat(Files.readString(file)).isEqualTo("line 8\nmore\n");
        assertThat(Files.readString(directory.resolve("auth.log.1"))).isEqualTo("line 7\nmore\n");
        assertThat(Files.readString(directory.resolve("auth.log.2"))).isEqualTo("line 6\nmore\n");
    }

    @Test
    void whatLiesThereIsKept() throws IOException {
        Files.writeString(file, "before\n");
        try (RotatedFile rotated = new RotatedFile(file, 1_000, 2)) {
            rotated.append(List.of("after"));
        }
        assertThat(Files.readString(file)).isEqualTo("before\nafter\n");
    }

    @Test
    void aFileThatSomebodyMovedAwayIsBegunAnew() throws IOException {
        try (RotatedFile rotated = new RotatedFile(file, 1_000, 2)) {
            rotated.append(List.of("first"));
            Files.move(file, directory.resolve("auth.log-20261123"));
            rotated.append(List.of("second"));
            Files.delete(file);
            Files.writeString(file, "somebody's\n");
            rotated.append(List.of("third"));
        }
        assertThat(Files.readString(directory.resolve("auth.log-20261123"))).isEqualTo("first\n");
        assertThat(Files.readString(file)).isEqualTo("somebody's\nthird\n");
    }

    @Test
    void onlyItsGroupMayReadIt() throws IOException {
        try (RotatedFile rotated = new RotatedFile(file, 1_000, 2)) {
            rotated.append(List.of("first"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "");
        Files.createSymbolicLink(file, other);
        try (RotatedFile rotated = new RotatedFile(file, 1_000, 2)) {
            assertThatThrownBy(() -> rotated.append(List.of("first")))
                    .isInstanceOf(IOException.class);
        }
        assertThat(Files.readString(other)).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }
}
