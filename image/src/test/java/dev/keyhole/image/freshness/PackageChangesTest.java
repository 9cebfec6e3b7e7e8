package dev.keyhole.image.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is different between two lists of packages. */
class PackageChangesTest {
    @Test
    void addedRemovedAndChangedAreToldApart() {
        var changes =
                PackageChanges.between(
                        Map.of("kept", "1", "gone", "1", "newer", "1.0"),
                        Map.of("kept", "1", "newer", "2.0", "fresh", "3"));
        assertThat(changes.added()).containsOnly(Map.entry("fresh", "3"));
        assertThat(changes.removed()).containsOnly(Map.entry("gone", "1"));
        assertThat(changes.changed())
                .containsOnly(Map.entry("newer", new PackageChanges.Versions("1.0", "2.0")));
        assertThat(changes.isNone()).isFalse();
    }

    @Test
    void theSameIsNoChange() {
        assertThat(PackageChanges.between(Map.of("a", "1"), Map.of("a", "1")).isNone()).isTrue();
    }
}
