package dev.keyhole.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the text of the sources tells, in every module: lengths, and a page for each package. */
class SourcesTest {
    /** Past this a file is asking to be split along a step; it is named, and nothing more. */
    private static final int LONG = 400;

    private static final int TOO_LONG = 500;

    @Test
    void filesStayReadable() {
        House.sources().stream()
                .filter(file -> lines(file) > LONG)
                .forEach(file -> System.out.println("over 400 lines: " + file));
        assertThat(tooLong(House.sources())).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        assertThat(withoutPage(House.sources())).isEmpty();
    }

    @Test
    void aTestThatSleepsAnywhereIsCaughtByItsText() {
        assertThat(sleeping(House.sources())).isEmpty();
    }

    @Test
    void theRulesSeeTheSources() {
        assertThat(House.sources()).hasSizeGreaterThan(150);
    }

    @Test
    void violatorsAreCaught(@TempDir Path folder) throws IOException {
        var huge = folder.resolve("Huge.java");
        Files.writeString(huge, "//\n".repeat(TOO_LONG + 1));
        assertThat(tooLong(List.of(huge))).containsExactly(huge);

        var home = Files.createDirectories(folder.resolve("x/src/main/java/x"));
        var alone = home.resolve("Alone.java");
        Files.writeString(alone, "package x;\nclass Alone { void x() { Thread" + ".sleep(1); } }");
        assertThat(sleeping(List.of(alone))).containsExactly(alone);
        assertThat(withoutPage(List.of(alone))).containsExactly(home);

        var page = home.resolve("package-info.java");
        Files.writeString(page, "/** Says something. */\npackage x;");
        assertThat(withoutPage(List.of(alone, page))).containsExactly(home);
        Files.writeString(page, "@NullMarked\npackage x;");
        assertThat(withoutPage(List.of(alone, page))).containsExactly(home);
        Files.writeString(page, "/** Says something. */\n@NullMarked\npackage x;");
        assertThat(withoutPage(List.of(alone, page))).isEmpty();
    }

    private static List<Path> tooLong(List<Path> sources) {
        return sources.stream().filter(file -> lines(file) > TOO_LONG).toList();
    }

    private static List<Path> withoutPage(List<Path> sources) {
        return sources.stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !saysWhatItIsFor(folder.resolve("package-info.java")))
                .toList();
    }

    private static boolean saysWhatItIsFor(Path page) {
        return Files.exists(page)
                && text(page).contains("@NullMarked")
                && text(page).startsWith("/**");
    }

    /** The classes of the system tests are made after these rules have run; their text is there before. */
    private static List<Path> sleeping(List<Path> sources) {
        return sources.stream()
                .filter(file -> !file.toString().contains("dev/keyhole/fixtures/"))
                .filter(file -> text(file).contains("Thread" + ".sleep("))
                .toList();
    }

    private static long lines(Path file) {
        return text(file).lines().count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
