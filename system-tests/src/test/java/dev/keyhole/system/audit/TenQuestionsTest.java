package dev.keyhole.system.audit;

import static dev.keyhole.system.audit.Questions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An auditor's questions, as the page has them, to a door where something happened. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenQuestionsTest {
    private Door door;
    private Questions ask;
    private AuditTrail.Event login;
    private long carried;
    private List<String> page;

    @BeforeAll
    void somethingHappens() throws IOException {
        door = Door.up();
        ask = new Questions(door);
        page = Questions.onThePage();
        int mark = door.audit().size();
        try (Tunnel tunnel = door.ssh().tunnelTo(8888)) {
            URI url = tunnel.url("/api");
            try (var in = url.toURL().openStream()) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            login = door.audit().await(mark, "a login", event -> event.action().equals("login"));
            door.audit().await(mark, "a reach", event -> event.action().equals("forward-opened"));
        }
        carried =
                door.audit()
                        .await(
                                mark,
                                "a forward's end",
                                event ->
                                        event.action().equals("forward-closed")
                                                && event.number("destination.bytes") > 0)
                        .number("destination.bytes");
        door.audit().await(mark, "its end", event -> event.action().equals("session-ended"));
        KeyFile stranger = KeyFile.make(door.setup().place(), "stranger");
        assertThat(door.ssh().withKey(stranger).run("keyhole", "status").exit()).isNotZero();
        door.ssh().run("keyhole", "stop").orFail();
        door.ssh().run("keyhole", "start").orFail();
        ask.run("principal lock ada --reason asked").orFail();
        ask.run("principal unlock ada").orFail();
    }

    @AfterAll
    void down() {
        if (door != null) {
            door.close();
        }
    }

    private List<JsonObject> answer(int question) {
        return ask.events(page.get(question - 1));
    }

    @Test
    void thePageHasTenOfThem() {
        assertThat(page).hasSize(10);
    }

    @Test
    void whoReachedAService() {
        assertThat(answer(1))
                .isNotEmpty()
                .allMatch(event -> text(event, "service.name").equals("jupyter"))
                .anyMatch(event ->
                        text(event, "user.name").equals("ada")
                                && text(event, "keyhole.session")
                                        .equals(login.text("keyhole.session")));
    }

    @Test
    void whatFailedFromAnAddress() {
        assertThat(answer(2))
                .isNotEmpty()
                .allMatch(event ->
                        text(event, "source.ip").equals("127.0.0.1")
                                && text(event, "event.outcome").equals("failure"))
                .anyMatch(event -> text(event, "event.action").equals("login-refused"));
    }

    @Test
    void whatOperatorsChanged() {
        assertThat(answer(3))
                .extracting(event -> text(event, "keyhole.verb"))
                .contains("principal lock", "principal unlock");
    }

    @Test
    void whoWasInAtAMoment() {
        String during = page.get(3).replaceAll("2026-\\S+Z", login.text("@timestamp"));
        assertThat(ask.events(during))
                .extracting(event -> text(event, "keyhole.session"))
                .contains(login.text("keyhole.session"));
        assertThat(ask.events(page.get(3).replaceAll("2026-\\S+Z", "2020-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void whatAdaDidOnADay() {
        String day = page.get(4).replaceFirst("--since \\S+ --until \\S+", "--since %s --until %s");
        LocalDate today = LocalDate.now(java.time.ZoneId.systemDefault());
        List<JsonObject> events =
                ask.events(day.formatted(today.minusDays(1), today.plusDays(1)) + " --limit 1000");
        assertThat(events).allMatch(event -> text(event, "user.name").equals("ada"));
        assertThat(events)
                .extracting(event -> text(event, "event.action"))
                .contains("login", "forward-opened", "forward-closed", "session-ended");
        assertThat(ask.events(day.formatted("2020-01-01", "2020-01-02"))).isEmpty();
    }

    @Test
    void whichKeysWereUsedFromWhere() {
        JsonObject use =
                ask.json(page.get(5)).getAsJsonArray("keys").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .findFirst()
                        .orElseThrow();
        assertThat(text(use, "principal")).isEqualTo("ada");
        assertThat(text(use, "key")).isEqualTo(login.text("keyhole.key.fingerprint"));
        assertThat(text(use, "source")).isEqualTo("127.0.0.1");
        long logins =
                door.audit().events().stream()
                        .filter(event -> event.action().equals("login"))
                        .count();
        assertThat(use.get("logins").getAsLong()).isEqualTo(logins);
    }

    @Test
    void whoWasRefusedAndWhy() {
        assertThat(answer(7))
                .isNotEmpty()
                .anyMatch(event -> text(event, "event.reason").equals("AUTH_FAILED"));
    }

    @Test
    void whenAWorkspaceWasStartedAndStoppedAndByWhom() {
        List<JsonObject> events = answer(8);
        assertThat(events)
                .extracting(event -> text(event, "event.action"))
                .contains("workspace-started", "workspace-stopped", "forward-opened");
        assertThat(events)
                .filteredOn(event -> text(event, "event.action").equals("verb-run"))
                .extracting(event -> text(event, "keyhole.verb"))
                .contains("stop", "start");
    }

    @Test
    void howManyBytesWentForWhom() {
        JsonObject ada =
                ask.json(page.get(8)).getAsJsonArray("bytes").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(sum -> text(sum, "principal").equals("ada"))
                        .findFirst()
                        .orElseThrow();
        assertThat(ada.get("out").getAsLong()).isGreaterThanOrEqualTo(carried);
    }

    @Test
    void whatWasReadAndByWhom() {
        ask.run("audit search --session c-none").orFail();
        assertThat(ask.events("audit search --action audit-read --limit 1000"))
                .anyMatch(event ->
                        text(event, "keyhole.subject").equals("--session c-none")
                                && !text(event, "keyhole.operator.login").isEmpty());
    }

    @Test
    void whetherAllOfItIsStillWhatWasWritten() throws IOException {
        Path note = door.setup().place().resolve("checkpoint");
        Files.writeString(note, ask.run("audit checkpoint").orFail().stdout());
        JsonObject verdict = ask.json(page.get(9) + " --checkpoint " + note);
        assertThat(verdict.get("whole").getAsBoolean()).isTrue();
        assertThat(verdict.get("first").getAsLong()).isEqualTo(1);
        Path home = door.setup().place().resolve("copy");
        Path copy = home.resolve("audit");
        Files.createDirectories(copy);
        try (var files = Files.list(door.audit().file().getParent())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path current = copy.resolve("audit.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(current));
        lines.remove(1);
        Files.write(current, lines);
        Ran broken =
                Ran.of(
                        Duration.ofSeconds(60),
                        dev.keyhole.system.Places.command().toString(),
                        "--home",
                        home.toString(),
                        "audit",
                        "verify");
        assertThat(broken.exit()).as(broken.toString()).isEqualTo(7);
        assertThat(broken.stdout()).contains("AUDIT_BROKEN", "first bad event is 2");
    }

    @Test
    void whoIsNoOperatorReadsNothing() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "only root can become somebody else");
        Path file = door.audit().file();
        for (OtherUser user : List.of(OtherUser.NOBODY, OtherUser.of(door))) {
            Ran cat = Ran.of(Duration.ofSeconds(20), user.command("cat", file.toString()));
            assertThat(cat.exit()).isNotZero();
            assertThat(cat.stderr()).contains("Permission denied");
            Ran append =
                    Ran.of(Duration.ofSeconds(20), user.command("sh", "-c", "echo x >> " + file));
            assertThat(append.exit()).isNotZero();
            Ran asked =
                    Ran.of(
                            Duration.ofSeconds(60),
                            user.command(
                                    dev.keyhole.system.Places.command().toString(),
                                    "--home",
                                    door.home().toString(),
                                    "audit",
                                    "tail"));
            assertThat(asked.exit()).as(asked.toString()).isEqualTo(3);
            assertThat(asked.stderr()).contains("OPERATOR_ONLY");
            assertThat(asked.stdout()).isEmpty();
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file.resolveSibling("index.db"))).hasSize(2);
    }

    @Test
    void anExportIsWhatTheLinesMean() throws IOException {
        Path to = door.setup().place().resolve("export.jsonl");
        List<JsonObject> before =
                door.audit().events().stream().map(AuditTrail.Event::fields).toList();
        ask.run("audit export --to " + to).orFail();
        assertThat(
                        Files.readAllLines(to).stream()
                                .map(line -> JsonParser.parseString(line).getAsJsonObject()))
                .startsWith(before.toArray(JsonObject[]::new));
        assertThat(Files.getPosixFilePermissions(to)).hasSize(2);
        assertThat(ask.run("audit export --to " + to).exit()).as("it exists").isEqualTo(2);
        JsonObject last =
                JsonParser.parseString(Files.readAllLines(to).getLast()).getAsJsonObject();
        assertThat(text(last, "event.action")).isEqualTo("audit-read");
    }

    @Test
    void whatIsNotUnderstoodIsToldAtOnceAndReadsNothing() {
        Ran ran = ask.run("audit search --source nowhere --since yesterday --principal ../etc");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.stderr())
                .contains("INPUT_INVALID", "--source", "--since", "--principal")
                .doesNotContain("\tat ");
    }
}
