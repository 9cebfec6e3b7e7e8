package dev.keyhole.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.CLibrary;
import dev.keyhole.image.base.Owner;
import dev.keyhole.image.base.Privileged;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image changes about its base. */
class PeopleTest {
    private static final String ROOT = "root:x:0:0:root:/root:/bin/bash";

    @Test
    void theUserOfTheImageJoinsThoseOfTheBase() {
        People people = People.of(base(List.of(ROOT), List.of("root:x:0:"), Map.of()));

        assertThat(people.passwd())
                .containsExactly(ROOT, "keyhole:x:10001:10001:Keyhole:/home/keyhole:/bin/sh");
        assertThat(people.group()).containsExactly("root:x:0:", "keyhole:x:10001:");
    }

    @Test
    void aBaseThatHasThatNumberKeepsItsName() {
        String jovyan = "jovyan:x:10001:100::/home/jovyan:/bin/bash";
        People people = People.of(base(List.of(ROOT, jovyan), List.of("staff:x:10001:"), Map.of()));

        assertThat(people.name()).isEqualTo("jovyan");
        assertThat(people.passwd()).containsExactly(ROOT, jovyan);
        assertThat(people.group()).containsExactly("staff:x:10001:");
    }

    @Test
    void aBaseThatHasThatNameForSomebodyElseGetsAnother() {
        String other = "keyhole:x:7:7::/:/bin/sh";
        People people = People.of(base(List.of(other), List.of("keyhole:x:7:"), Map.of()));

        assertThat(people.name()).isEqualTo("keyhole2");
        assertThat(people.line()).startsWith("keyhole2:x:10001:10001:");
    }

    @Test
    void whatLendsAnIdentityIsPlacedAgainWithoutThatAndItsDirectoriesAsTheyWere(
            @TempDir Path directory) throws ImageFailure {
        Path content = directory.resolve("su");
        var files =
                Map.of(
                        "usr/bin/su", privileged(04755, false, Optional.of(content)),
                        "var/mail", privileged(02775, true, Optional.empty()));
        List<Placed> placed = Defused.of(base(List.of(), List.of(), files), directory);

        assertThat(placed)
                .contains(
                        new Placed("/usr/bin/su", content, 0755, 0, 8, false),
                        new Placed("/var/mail", directory, 0775, 0, 8, true),
                        new Placed("/usr", directory, 0711, 3, 4, true));
        assertThat(placed).allMatch(one -> (one.mode() & 06000) == 0);
    }

    @Test
    void aDirectoryThatWouldLoseItsStickyBitIsRefused(@TempDir Path directory) {
        var files = Map.of("tmp/planted", privileged(03777, true, Optional.empty()));

        assertThatThrownBy(() -> Defused.of(base(List.of(), List.of(), files), directory))
                .isInstanceOf(ImageFailure.class)
                .hasMessageContaining("/tmp/planted")
                .hasMessageContaining("sticky");
    }

    private static Privileged privileged(int mode, boolean directory, Optional<Path> content) {
        return new Privileged(
                new Owner(mode, 0, 8, Instant.EPOCH),
                false,
                directory,
                content,
                Map.of("usr", new Owner(0711, 3, 4, Instant.EPOCH)));
    }

    private static BaseContents base(
            List<String> passwd, List<String> group, Map<String, Privileged> privileged) {
        return new BaseContents(
                passwd,
                group,
                privileged,
                privileged.size(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new CLibrary(CLibrary.Kind.GLIBC, "2.36"),
                true,
                false,
                List.of());
    }
}
