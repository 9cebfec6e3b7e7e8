package dev.keyhole.system.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way back to the image before. */
final class ImageRollbackTest {
    private static final String OLD = "127.0.0.1:5000/team/one@sha256:" + "1".repeat(64);
    private static final String NEW = "127.0.0.1:5000/team/one@sha256:" + "2".repeat(64);

    private final Check check = new Check(Places.fresh("rollback"));

    @AfterEach
    void clean() {
        Places.remove(check.place());
    }

    @Test
    void theFormerImageIsOfferedAgain() throws IOException {
        Path home = check.place().resolve("home");
        Path offered = home.resolve("images/offered");
        Files.createDirectories(offered.getParent());
        Files.writeString(offered, "current " + NEW + "\nformer " + OLD + "\n");

        Ran back = check.image("rollback", "--home", home.toString());

        assertThat(back.exit()).as(back.toString()).isZero();
        assertThat(back.stdout()).contains(OLD);
        assertThat(offered).hasContent("current " + OLD + "\nformer " + NEW + "\n");
        assertThat(check.image("rollback", "--json", "--home", home.toString()).stdout())
                .contains("\"current\":\"" + NEW + "\"");
    }

    @Test
    void whereNothingWasOfferedItSaysSo() throws IOException {
        Path home = check.place().resolve("home");
        Ran none = check.image("rollback", "--home", home.toString());
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.stderr()).contains("No image was offered");

        Path offered = home.resolve("images/offered");
        Files.createDirectories(offered.getParent());
        Files.writeString(offered, "current " + NEW + "\n");
        assertThat(check.image("rollback", "--home", home.toString()).stderr())
                .contains("no image before");
    }
}
