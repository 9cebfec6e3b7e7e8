package dev.keyhole.gateway.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditFile;
import dev.keyhole.gateway.audit.AuditPlace;
import dev.keyhole.gateway.audit.AuditVerdict;
import dev.keyhole.gateway.audit.AuditVerification;
import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import dev.keyhole.gateway.audit.Outage;
import dev.keyhole.gateway.audit.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckpointPushTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir private Path directory;

    private AuditPlace place;
    private AuditFile audit;

    @BeforeEach
    void openAudit() throws Exception {
        Path home = Files.createDirectory(directory.resolve("audit"));
        place = new AuditPlace(home, directory.resolve("key"));
        audit = AuditFile.open(place, CLOCK);
        audit.write(new AuditEvent.DoorStopped("one"));
        audit.checkpoint();
    }

    @AfterEach
    void closeAudit() throws IOException {
        audit.close();
    }

    @Test
    void everyNoteIsAppendedAndAlsoTheLastOneOfTheDoor() throws Exception {
        Path file = directory.resolve("notes");
        CheckpointPush push = push(new AppendedFile(file));
        Awaitility.await("the first note").until(() -> Files.exists(file));
        audit.write(new AuditEvent.DoorStopped("two"));
        push.doorEnds();
        audit.close();
        push.close();

        assertThat(Files.readString(file)).isEqualTo(Files.readString(place.checkpoints()));
        assertThat(verify(file).broken()).isEmpty();
    }

    @Test
    void theNextDoorPushesWhatIsNew() throws Exception {
        Path file = directory.resolve("notes");
        push(new AppendedFile(file)).close();
        Files.delete(file);
        audit.write(new AuditEvent.DoorStopped("two"));
        String second = audit.checkpoint();
        push(new AppendedFile(file)).close();

        assertThat(Files.readString(file)).isEqualTo(second);
    }

    @Test
    void anEndThatWasCutOffShowsAgainstTheFile() throws Exception {
        Path file = directory.resolve("notes");
        audit.write(new AuditEvent.DoorStopped("two"));
        audit.checkpoint();
        push(new AppendedFile(file)).close();
        audit.close();
        Path current = place.directory().resolve("audit.jsonl");
        Files.write(current, Files.readAllLines(current).subList(0, 1));
        Files.delete(place.checkpoints());

        assertThat(verify(file).broken().orElseThrow().what()).contains("its end was cut off");
    }

    @Test
    void aTroubleIsSaidOnceAndItsEndToo() throws Exception {
        Path file = directory.resolve("later/notes");
        try (CheckpointPush push = push(new AppendedFile(file))) {
            Awaitility.await("trouble").until(() -> push.trouble().isPresent());
            assertThat(push.trouble().orElseThrow()).contains("its directory is not there");
            Files.createDirectory(directory.resolve("later"));
            Awaitility.await("its end")
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> push.trouble().isEmpty());
            assertThat(lines("checkpoint-not-pushed")).hasSize(1);
            assertThat(lines("checkpoint-pushed-again")).hasSize(1);
            assertThat(file).exists();
        }
    }

    @Test
    void whatCameMeanwhileIsOneCallWithTheNewestLast() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Slow slow = new Slow(begun, goOn);
        try (CheckpointPush push = push(slow)) {
            begun.await();
            audit.write(new AuditEvent.DoorStopped("two"));
            audit.checkpoint();
            audit.write(new AuditEvent.DoorStopped("three"));
            audit.checkpoint(); // the audit does not wait for the way
            goOn.countDown();
            Awaitility.await("the rest").until(() -> slow.newest == 3);
            assertThat(slow.calls).isEqualTo(2);
            assertThat(push.trouble()).isEmpty();
        }
    }

    /** Waits within its first call. */
    private static final class Slow implements Way {
        private final CountDownLatch begun;
        private final CountDownLatch goOn;
        private volatile int calls;
        private volatile long newest;

        Slow(CountDownLatch begun, CountDownLatch goOn) {
            this.begun = begun;
            this.goOn = goOn;
        }

        @Override
        public String word() {
            return "slow";
        }

        @Override
        public String to() {
            return "slow";
        }

        @Override
        public void push(List<Note> notes) throws InterruptedException {
            calls = calls + 1;
            begun.countDown();
            goOn.await();
            newest = notes.getLast().sequence();
        }
    }

    private List<String> lines(String action) throws IOException {
        return Files.readAllLines(place.directory().resolve("audit.jsonl")).stream()
                .filter(line -> line.contains("\"" + action + "\""))
                .toList();
    }

    private AuditVerdict verify(Path file) throws IOException {
        return AuditVerification.of(
                place,
                VerifierKey.parse(Files.readString(place.verifierKey())),
                Files.readString(file));
    }

    private CheckpointPush push(Way way) throws IOException {
        Outage outage =
                new Outage(
                        way.to(),
                        audit,
                        CLOCK,
                        reason -> new AuditEvent.CheckpointNotPushed(way.to(), reason),
                        since -> new AuditEvent.CheckpointPushedAgain(way.to(), since));
        return CheckpointPush.open(
                new CheckpointFollower(place),
                way,
                directory.resolve("pushed-" + way.word()),
                outage);
    }
}
