package dev.keyhole.image.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tags are newer than which, as a person would say. */
class NewerTagsTest {
    private static final List<String> TENSORFLOW =
            List.of(
                    "latest",
                    "latest-jupyter",
                    "nightly",
                    "2.9.0-jupyter",
                    "2.9.3-jupyter",
                    "2.9.10-gpu-jupyter",
                    "2.10.0-jupyter",
                    "2.15.0-jupyter",
                    "2.15.0",
                    "2.16.0rc0-jupyter",
                    "2.8.4-jupyter");

    @Test
    void theSameLineAndNewerLinesAreToldApart() {
        var newer = NewerTags.than("2.9.0-jupyter", TENSORFLOW);
        assertThat(newer.inLine()).contains("2.9.3-jupyter");
        assertThat(newer.newestLine()).contains("2.15.0-jupyter");
        assertThat(newer.newerLines()).isEqualTo(2);
    }

    @Test
    void tenIsMoreThanNine() {
        assertThat(NewerTags.than("2.9.0", List.of("2.9.9", "2.9.10")).inLine()).contains("2.9.10");
    }

    @Test
    void theNewestHasNothingNewer() {
        var newer = NewerTags.than("2.15.0-jupyter", TENSORFLOW);
        assertThat(newer.inLine()).isEmpty();
        assertThat(newer.newestLine()).isEmpty();
    }

    @Test
    void preReleasesCountOnlyForWhoIsOnOne() {
        assertThat(NewerTags.than("2.16.0rc0", List.of("2.16.0rc1")).inLine())
                .contains("2.16.0rc1");
        assertThat(NewerTags.than("2.16.0rc0", List.of("2.16.0")).inLine()).contains("2.16.0");
        assertThat(NewerTags.than("2.15.0", List.of("2.16.0-rc.1")).newestLine()).isEmpty();
    }

    @Test
    void twoNumbersAreALineAndOneIsToo() {
        assertThat(NewerTags.than("20.04", List.of("22.04", "24.04", "24")).newestLine())
                .contains("24.04");
        assertThat(NewerTags.than("20.04", List.of("22.04")).inLine()).isEmpty();
        assertThat(NewerTags.than("12", List.of("13", "13.1")).newestLine()).contains("13");
    }

    @Test
    void aNameIsNoVersion() {
        assertThat(NewerTags.than("latest", TENSORFLOW).newestLine()).isEmpty();
        assertThat(NewerTags.than("bookworm", List.of("trixie")).newestLine()).isEmpty();
    }

    @Test
    void aTagIsFoundBehindAPortAndADigest() {
        assertThat(BaseQuestion.tag("localhost:5000/a/b:1.2")).isEqualTo("1.2");
        assertThat(BaseQuestion.tag("localhost:5000/a/b")).isEqualTo("latest");
        assertThat(BaseQuestion.tag("a/b:1.2@sha256:" + "0".repeat(64))).isEqualTo("1.2");
    }
}
