package dev.keyhole.system.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person is erased from the audit, and what the audit proves and counts stays (U10; GDPR, article 17). */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ErasureTest {
    private static final String FROM = "127.0.0.77";

    private final ServedDoor door = ServedDoor.of("", "ada");
    private final Path place = Places.fresh("erasure");
    private final KeyFile key = KeyFile.make(place, "alice");

    @AfterAll
    void close() {
        door.close();
        Places.remove(place);
    }

    private Ssh alice() {
        return door.ssh("ada").withKey(key).as("alice").with("-b", FROM);
    }

    @Test
    void nobodyReadsAnyMoreWhoSheWasAndEverythingElseStays() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "without root there is one principal");
        add();
        alice().run("keyhole", "me").orFail();
        assertThat(alice().run("keyhole", "start").exit()).isZero();
        KeyFile wrong = KeyFile.make(place, "wrong");
        assertThat(alice().withKey(wrong).run("keyhole", "me").exit()).isEqualTo(255);
        door.ssh("ada").run("keyhole", "me").orFail();

        assertThat(raw())
                .as("a copy of the files names nobody")
                .doesNotContain("alice", "\"ada\"", FROM, fingerprint());
        assertThat(found("--principal", "alice", "--json")).contains("alice", FROM, fingerprint());
        assertThat(found("--source", FROM)).contains("alice");
        assertThat(alice().run("keyhole", "log").orFail().stdout()).contains("login");

        Ran tooEarly = door.keyhole("audit", "erase", "alice", "--yes");
        assertThat(tooEarly.exit()).isEqualTo(3);
        assertThat(tooEarly.stderr()).contains("CHANGE_REFUSED").contains("principal remove alice");
        Ran unknown = door.keyhole("audit", "erase", "nobody", "--yes");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.stderr()).contains("SUBJECT_UNKNOWN");
        assertThat(door.keyhole("audit", "erase", "alice").stderr()).contains("--yes");

        door.keyhole("principal", "remove", "alice", "--yes").orFail();
        String carried = door.keyhole("audit", "summary", "keys").orFail().stdout();
        long logins = count("login");
        assertThat(carried).contains("alice");
        Ran erased = door.keyhole("audit", "erase", "alice", "--yes").orFail();
        assertThat(erased.stdout()).containsPattern("p-[0-9a-f]{16}");
        String pseudonym = erased.stdout().replaceAll("(?s).*(p-[0-9a-f]{16}).*", "$1");

        assertThat(everyByte()).doesNotContain("alice", fingerprint());
        assertThat(found("--source", FROM)).doesNotContain(pseudonym);
        assertThat(found("--principal", pseudonym)).contains("login", "session-ended");
        assertThat(door.keyhole("audit", "tail").orFail().stdout()).doesNotContain("alice");
        assertThat(count("login")).as("logins are counted as before").isEqualTo(logins);
        assertThat(door.keyhole("audit", "summary", "keys").orFail().stdout())
                .contains("~" + pseudonym)
                .contains("ada")
                .doesNotContain("alice");
        door.keyhole("audit", "verify").orFail();

        door.restart();
        door.keyhole("audit", "verify").orFail();
        assertThat(found("--principal", "alice"))
                .as("only that somebody asks for her")
                .doesNotContain("login", "session", "principal add");
        assertThat(found("--principal", "ada")).contains("ada");

        add();
        alice().run("keyhole", "me").orFail();
        assertThat(found("--principal", "alice")).contains("login");
        assertThat(found("--principal", pseudonym)).doesNotContain("alice");
        door.keyhole("principal", "remove", "alice", "--yes").orFail();
    }

    private void add() {
        door.keyhole("principal", "add", "alice", "--key", key.publicFile().toString()).orFail();
    }

    private String found(String... words) {
        String[] all =
                Stream.concat(Stream.of("audit", "search"), Stream.of(words))
                        .toArray(String[]::new);
        return door.keyhole(all).orFail().stdout();
    }

    private long count(String action) {
        return door.audit().events().stream().filter(one -> one.action().equals(action)).count();
    }

    private String raw() throws IOException {
        return Files.readString(door.audit().file());
    }

    private String fingerprint() {
        return Ran.of(Duration.ofSeconds(10), "ssh-keygen", "-lf", key.publicFile().toString())
                .orFail()
                .stdout()
                .split(" ")[1];
    }

    /** Of the audit, its index and the table of names. */
    private String everyByte() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(door.home().resolve("audit"))) {
            Stream<Path> both =
                    Stream.concat(files, Stream.of(door.home().resolve("door/audit-names.jsonl")));
            for (Path file : both.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        return all.toString();
    }
}
