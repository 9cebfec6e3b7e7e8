package dev.keyhole.gateway.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditFile;
import dev.keyhole.gateway.audit.ReadPlace;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsentTest {
    private static final Pattern EVENT =
            Pattern.compile(" (\\S+) \\[keyhole@32473 sequence=\"(\\d+)\"");

    @TempDir private Path directory;

    private Audited audited;
    private Sent sent = Sent.NOTHING;

    @BeforeEach
    void threeEvents() throws Exception {
        audited = new Audited(directory);
        audited.events(0, 3);
    }

    @Test
    void everythingIsSentOnceInItsOrderAndTheCheckpointBehindIt() throws Exception {
        assertThat(messages())
                .containsExactly(
                        "door-stopped 1", "door-stopped 2", "door-stopped 3", "checkpoint 3");
        assertThat(messages()).isEmpty();
        audited.events(0, 1);
        assertThat(messages()).containsExactly("door-stopped 4", "checkpoint 4");
    }

    @Test
    void itGoesOnOverTheBordersOfFiles() throws Exception {
        messages();
        audited.events(1, 2);
        audited.events(2, 2);
        assertThat(events(messages())).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void whatWasPurgedAfterItWasSentIsNotMissed() throws Exception {
        messages();
        audited.events(1, 2);
        audited.events(2, 2);
        Files.delete(directory.resolve("audit-000000000001.jsonl"));
        assertThat(events(messages())).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void whatWasPurgedBeforeItWasSentDoesNotStopTheRest() throws Exception {
        audited.events(1, 2);
        audited.events(2, 2);
        messages();
        sent = new Sent(new ReadPlace(1, 50), 1, "", 0);
        Files.delete(directory.resolve("audit-000000000001.jsonl"));
        assertThat(events(messages())).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void anEndThatWasLostAndWrittenAnewIsSentAgain() throws Exception {
        messages();
        Path current = directory.resolve("audit.jsonl");
        List<String> lines = Files.readAllLines(current);
        Files.write(current, lines.subList(0, 2));
        audited.events(0, 3);
        assertThat(events(messages())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(messages()).isEmpty();
    }

    @Test
    void moreThanABatchComesInSeveral() throws Exception {
        audited.events(1, 1_200);
        List<Long> all = new ArrayList<>();
        List<String> some = messages();
        int batches = 0;
        while (!some.isEmpty()) {
            all.addAll(events(some));
            batches++;
            some = messages();
        }
        assertThat(all)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_203).boxed().toList());
        assertThat(batches).isGreaterThan(2);
    }

    @Test
    void whatAStrangerChoseBreaksNoMessage() throws Exception {
        messages();
        String evil = "a\"] \n<0>1 - - evil - - -\n7 <0>1 \u202e\u00e9\0";
        try (AuditFile audit = audited.open(0)) {
            audit.write(
                    new AuditEvent.LoginRefused(
                            new SessionId("c-0001"),
                            new Source(InetAddress.getLoopbackAddress(), 1),
                            evil,
                            Code.AUTH_FAILED,
                            evil,
                            evil,
                            Optional.empty()));
        }
        assertThat(messages()).containsExactly("login-refused 4", "checkpoint 4");
    }

    @Test
    void aLineThatIsDamagedIsSentAndStopsNothing() throws Exception {
        Path current = directory.resolve("audit.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(current));
        lines.set(1, lines.get(1).substring(0, lines.get(1).length() - 1));
        Files.write(current, lines);
        assertThat(messages())
                .containsExactly(
                        "door-stopped 1", "damaged-line 2", "door-stopped 3", "checkpoint 3");
    }

    /** The next batch, each message as its name and number. */
    private List<String> messages() throws IOException {
        Unsent.Batch batch = audited.source().unsent().next(sent);
        sent = batch.after();
        ReadFrames frames = new ReadFrames(new ByteArrayInputStream(batch.frames()));
        List<String> messages = new ArrayList<>();
        for (Optional<String> one = frames.next(); one.isPresent(); one = frames.next()) {
            Matcher matcher = EVENT.matcher(one.get());
            assertThat(matcher.find()).as(one.get()).isTrue();
            messages.add(matcher.group(1) + " " + matcher.group(2));
        }
        return messages;
    }

    private static List<Long> events(List<String> messages) {
        return messages.stream()
                .filter(one -> !one.startsWith("checkpoint "))
                .map(one -> Long.parseLong(one.substring(one.indexOf(' ') + 1)))
                .toList();
    }
}
