package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditField;
import dev.keyhole.gateway.audit.AuditIndex.Carried;
import dev.keyhole.gateway.audit.AuditIndex.Found;
import dev.keyhole.gateway.audit.AuditIndex.KeyUse;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.model.AddressBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditIndexTest {
    private static final String ADA =
            "'keyhole.session':'c-1','source.ip':'192.0.2.7','user.name':'ada','keyhole.key.fingerprint':'SHA256:a'";
    private static final String BOB =
            "'keyhole.session':'c-2','source.ip':'2001:db8::7','user.name':'bob','keyhole.key.fingerprint':'SHA256:b'";

    @TempDir Path place;
    private WrittenAudit audit;
    private SqliteAuditIndex index;

    @BeforeEach
    void open() throws IOException {
        audit = new WrittenAudit(Files.createDirectories(place.resolve("audit")));
        index = opened();
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private boolean erased;

    private SqliteAuditIndex opened() throws IOException {
        return SqliteAuditIndex.open(
                place.resolve("audit"),
                place.resolve("audit/index.db"),
                place.resolve("native"),
                line -> line.replace("~x", erased ? "~x" : "ada"));
    }

    private List<Long> numbers(AuditQuery query) throws Exception {
        return index.search(query).stream().map(Found::sequence).toList();
    }

    private void twoVisits() {
        audit.event("login", ADA)
                .event("login", BOB)
                .event("forward-opened", ADA + ",'service.name':'jupyter'")
                .event("forward-closed", ADA + ",'source.bytes':3,'destination.bytes':40")
                .event("session-ended", ADA + ",'event.reason':'left'")
                .event("login-refused", "'source.ip':'192.0.2.9','event.reason':'AUTH_FAILED'");
    }

    @Test
    void whoWasErasedIsFoundByTheTokenOnly() throws Exception {
        audit.event("login", ADA.replace("'ada'", "'~x'")).event("login", BOB);
        AuditQuery ada = AuditQuery.newest(9).with(AuditField.PRINCIPAL, Set.of("ada"));
        AuditQuery token = AuditQuery.newest(9).with(AuditField.PRINCIPAL, Set.of("~x"));
        assertThat(numbers(ada)).containsExactly(1L);
        assertThat(index.search(ada).getFirst().line()).contains("\"ada\"");
        erased = true;
        index.forgetNames();
        assertThat(numbers(ada)).isEmpty();
        assertThat(numbers(token)).containsExactly(1L);
        assertThat(index.search(token).getFirst().line()).doesNotContain("ada");
    }

    @Test
    void anEmptyAuditHasNoEvents() throws Exception {
        assertThat(index.search(AuditQuery.newest(10))).isEmpty();
    }

    @Test
    void eachPartOfAQueryNarrowsIt() throws Exception {
        twoVisits();
        AuditQuery all = AuditQuery.newest(100);
        assertThat(numbers(all)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(numbers(AuditQuery.newest(2))).as("the newest").containsExactly(5L, 6L);
        assertThat(numbers(AuditQuery.newest(2).after(1))).as("a page").containsExactly(2L, 3L);
        assertThat(numbers(all.with(AuditField.PRINCIPAL, Set.of("ada"))))
                .containsExactly(1L, 3L, 4L, 5L);
        assertThat(numbers(all.with(AuditField.PRINCIPAL, Set.of("ada", "bob"))))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(numbers(all.with(AuditField.KEY, Set.of("SHA256:b")))).containsExactly(2L);
        assertThat(numbers(all.with(AuditField.SERVICE, Set.of("jupyter")))).containsExactly(3L);
        assertThat(numbers(all.with(AuditField.CODE, Set.of("AUTH_FAILED")))).containsExactly(6L);
        assertThat(numbers(all.with(AuditField.ACTION, Set.of("login")))).containsExactly(1L, 2L);
        assertThat(
                        numbers(
                                all.with(AuditField.ACTION, Set.of("login"))
                                        .with(AuditField.SESSION, Set.of("c-2"))))
                .containsExactly(2L);
        assertThat(numbers(all.with(AuditField.PRINCIPAL, Set.of("' OR 1 --")))).isEmpty();
        assertThat(
                        numbers(
                                all.between(
                                        Optional.of(WrittenAudit.at(2)),
                                        Optional.of(WrittenAudit.at(4)))))
                .as("since is in, until is not")
                .containsExactly(2L, 3L);
    }

    @Test
    void addressesAreFoundByTheirRange() throws Exception {
        twoVisits();
        AuditQuery all = AuditQuery.newest(100);
        assertThat(numbers(all.from(AddressBlock.parse("192.0.2.9")))).containsExactly(6L);
        assertThat(numbers(all.from(AddressBlock.parse("192.0.2.8/31")))).containsExactly(6L);
        assertThat(numbers(all.from(AddressBlock.parse("192.0.2.0/24"))))
                .containsExactly(1L, 3L, 4L, 5L, 6L);
        assertThat(numbers(all.from(AddressBlock.parse("2001:db8::/32")))).containsExactly(2L);
        assertThat(numbers(all.from(AddressBlock.parse("0.0.0.0/0"))))
                .as("IPv6 is no range of IPv4")
                .doesNotContain(2L);
    }

    @Test
    void sumsAreFoundByTheirAddressAndByTheirNetworkAndManyAreNobodys() throws Exception {
        audit.event("refusals-summed", "'source.address':'192.0.2.7','source.ip':'192.0.2.7'")
                .event("refusals-summed", "'source.address':'2001:db8:0:7:0:0:0:0/64'")
                .event("refusals-summed", "'source.address':'many'");
        AuditQuery all = AuditQuery.newest(100);
        assertThat(numbers(all.from(AddressBlock.parse("192.0.2.7")))).containsExactly(1L);
        assertThat(numbers(all.from(AddressBlock.parse("2001:db8:0:7::/64")))).containsExactly(2L);
        assertThat(numbers(all.from(AddressBlock.parse("::/0")))).containsExactly(2L);
        assertThat(numbers(all.from(AddressBlock.parse("0.0.0.0/0")))).containsExactly(1L);
        assertThat(numbers(all)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoWasInAtAMoment() throws Exception {
        twoVisits();
        AuditQuery all = AuditQuery.newest(100);
        assertThat(numbers(all.openAt(WrittenAudit.at(3)))).containsExactly(1L, 2L);
        assertThat(numbers(all.openAt(WrittenAudit.at(5)))).containsExactly(2L);
        assertThat(numbers(all.openAt(WrittenAudit.at(1).minusMillis(1)))).isEmpty();
        audit.event("door-started", "");
        assertThat(numbers(all.openAt(WrittenAudit.at(7)))).as("a door ended them").isEmpty();
    }

    @Test
    void sumsAreExact() throws Exception {
        twoVisits();
        audit.event("forward-closed", ADA + ",'source.bytes':1,'destination.bytes':2")
                .event("login", ADA);
        assertThat(index.bytes(Optional.empty(), Optional.empty(), 9))
                .containsExactly(new Carried("ada", 2, 4, 42));
        assertThat(index.bytes(Optional.of(WrittenAudit.at(7)), Optional.empty(), 9))
                .containsExactly(new Carried("ada", 1, 1, 2));
        assertThat(index.keys(Optional.empty(), Optional.empty(), 9))
                .containsExactly(
                        new KeyUse(
                                "ada",
                                "SHA256:a",
                                "192.0.2.7",
                                2,
                                WrittenAudit.at(1).toString(),
                                WrittenAudit.at(8).toString()),
                        new KeyUse(
                                "bob",
                                "SHA256:b",
                                "2001:db8:0:0:0:0:0:7",
                                1,
                                WrittenAudit.at(2).toString(),
                                WrittenAudit.at(2).toString()));
    }

    @Test
    void itFollowsWhatIsWrittenOverTheBordersOfFiles() throws Exception {
        twoVisits();
        assertThat(numbers(AuditQuery.newest(100))).hasSize(6);
        audit.event("login", ADA).rotate(1).event("login", BOB);
        assertThat(numbers(AuditQuery.newest(2))).containsExactly(7L, 8L);
        Files.writeString(audit.current(), "{\"half", StandardOpenOption.APPEND);
        assertThat(numbers(AuditQuery.newest(2))).as("half a line").containsExactly(7L, 8L);
    }

    @Test
    void whatWasPurgedIsNotFound() throws Exception {
        twoVisits();
        audit.rotate(1).event("login", ADA);
        assertThat(numbers(AuditQuery.newest(100))).hasSize(7);
        Files.delete(audit.closed(1));
        assertThat(numbers(AuditQuery.newest(100))).containsExactly(7L);
    }

    @Test
    void anIndexThatIsDamagedOrOfOtherFilesIsMadeAnew() throws Exception {
        twoVisits();
        assertThat(numbers(AuditQuery.newest(100))).hasSize(6);
        index.close();
        Path database = place.resolve("audit/index.db");
        Files.write(database, new byte[20_000]);
        index = opened();
        assertThat(numbers(AuditQuery.newest(100))).as("overwritten").hasSize(6);
        index.close();

        byte[] half = Files.readAllBytes(database);
        Files.write(database, java.util.Arrays.copyOf(half, half.length / 2));
        index = opened();
        assertThat(numbers(AuditQuery.newest(100))).as("cut off").hasSize(6);

        Files.delete(audit.current());
        new WrittenAudit(place.resolve("audit")).event("door-started", "");
        assertThat(numbers(AuditQuery.newest(100))).as("other files").containsExactly(1L);
    }

    @Test
    void everyQuestionIsAnsweredWithinTwoSecondsOverManyEvents() throws Exception {
        int events = Integer.getInteger("keyhole.events", 30_000);
        audit.events(events / 2, WrittenAudit::busy)
                .rotate(1)
                .events(events - events / 2, WrittenAudit::busy);
        long begun = System.nanoTime();
        assertThat(index.search(AuditQuery.newest(1))).hasSize(1);
        List<String> figures = new ArrayList<>();
        figures.add("made in " + Duration.ofNanos(System.nanoTime() - begun));
        AuditQuery hundred = AuditQuery.newest(100);
        long middle = events / 2;
        time("service", figures, hundred.with(AuditField.SERVICE, Set.of("jupyter")));
        time(
                "failures of an address",
                figures,
                hundred.with(AuditField.OUTCOME, Set.of("failure"))
                        .from(AddressBlock.parse("192.0.2.3")));
        time("range", figures, hundred.from(AddressBlock.parse("10.1.0.0/16")));
        time("changes", figures, hundred.with(AuditField.ACTION, Set.of("operator-acted")));
        time("open at", figures, hundred.openAt(WrittenAudit.at(middle)));
        time(
                "a day of one",
                figures,
                hundred.with(AuditField.PRINCIPAL, Set.of("p7"))
                        .between(
                                Optional.of(WrittenAudit.at(middle)),
                                Optional.of(WrittenAudit.at(middle).plus(Duration.ofDays(1)))));
        time("refused", figures, hundred.with(AuditField.ACTION, Set.of("login-refused")));
        time("session", figures, hundred.with(AuditField.SESSION, Set.of("c-77")));
        time(
                "rare in common",
                figures,
                hundred.with(AuditField.OUTCOME, Set.of("success"))
                        .with(AuditField.KEY, Set.of("SHA256:none")));
        timed("keys", figures, () -> index.keys(Optional.empty(), Optional.empty(), 1_000));
        timed("bytes", figures, () -> index.bytes(Optional.empty(), Optional.empty(), 1_000));
        System.out.println("audit index, " + events + " events: " + figures);
    }

    private interface Question {
        List<?> ask() throws Exception;
    }

    private void time(String name, List<String> figures, AuditQuery query) throws Exception {
        timed(name, figures, () -> index.search(query));
    }

    private static void timed(String name, List<String> figures, Question question)
            throws Exception {
        long begun = System.nanoTime();
        int found = question.ask().size();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        figures.add(name + " " + took.toMillis() + " ms (" + found + ")");
        assertThat(took).as(name).isLessThan(Duration.ofSeconds(2));
    }
}
