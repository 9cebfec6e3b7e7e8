package dev.keyhole.system.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.image.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new base, a new image, and the way back. */
@ExtendWith(NoLeaks.class)
final class ImageUpdateTest {
    private final Check check = new Check(Places.fresh("update"));

    @AfterEach
    void clean() {
        Places.remove(check.place());
    }

    @Test
    void anUpdateSaysWhatChangedOffersItAndCanBeTakenBack() throws IOException {
        Path home = Files.createDirectory(check.place().resolve("home"));
        Path offered = home.resolve("images/offered");
        try (Registry registry = Registry.open()) {
            String base = registry.host() + "/team/base:1";
            String image = registry.host() + "/team/workspace:1";
            base("2.20.0").push(registry.host(), "team/base", "1");

            Ran first = update(home, "--from", base, "--to", image);
            assertThat(first.exit()).as(first.toString()).isZero();
            assertThat(offered)
                    .content()
                    .startsWith("current " + registry.host() + "/team/workspace@sha256:");
            String one = Files.readAllLines(offered).getFirst().substring("current ".length());

            Ran same = update(home, "--to", image);
            assertThat(same.stdout()).contains("Nothing is different");
            assertThat(offered).content().doesNotContain("former");
            assertThat(check.image("check", "--arch", "amd64", image).exit()).isZero();

            base("2.20.1").push(registry.host(), "team/base", "1");
            Ran due = check.image("check", "--arch", "amd64", image);
            assertThat(due.exit()).as(due.toString()).isEqualTo(7);
            assertThat(due.stdout())
                    .contains("keyhole image update", "lie defused in lower layers");

            Ran second = update(home, "--to", image);
            assertThat(second.stdout())
                    .contains("~ jupyter-server 2.20.0 -> 2.20.1", "former    " + one);
            assertThat(offered).content().endsWith("former " + one + "\n");
            assertThat(check.image("check", "--arch", "amd64", image).exit()).isZero();

            assertThat(check.image("rollback", "--home", home.toString()).exit()).isZero();
            assertThat(offered).content().startsWith("current " + one + "\n");
        }
    }

    @Test
    void aHomeThatIsNotThereIsSaidBeforeAnythingIsBuilt() {
        Ran ran =
                update(
                        check.place().resolve("none"),
                        "--from",
                        "127.0.0.1:1/a:1",
                        "--to",
                        "127.0.0.1:1/b:1");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr()).contains("no home", "--no-offer");
    }

    private Ran update(Path home, String... words) {
        String[] all = new String[words.length + 5];
        System.arraycopy(
                new String[] {"update", "--home", home.toString(), "--arch", "amd64"},
                0,
                all,
                0,
                5);
        System.arraycopy(words, 0, all, 5, words.length);
        return check.image(all);
    }

    private static TinyImage base(String jupyter) {
        return TinyImage.withJupyter(jupyter).file("bin/sh", "#!").file("etc/group", "root:x:0:\n");
    }
}
