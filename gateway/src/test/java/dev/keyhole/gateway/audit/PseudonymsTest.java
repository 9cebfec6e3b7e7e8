package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit's files say about people, who reads it, and who does not any more. */
class PseudonymsTest {
    @TempDir Path place;
    private Pseudonyms names;

    @BeforeEach
    void open() throws IOException {
        names = Pseudonyms.open(table());
    }

    private Path table() {
        return place.resolve("names.jsonl");
    }

    private static Map<String, Object> event(Object... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], pairs[i + 1]);
        }
        return fields;
    }

    private String written(Object... pairs) {
        return Json.write(names.hide(event(pairs)));
    }

    private String login() {
        return written(
                "event.action",
                "login",
                "user.name",
                "ada",
                "source.ip",
                "192.0.2.7",
                "source.port",
                4711,
                "keyhole.key.fingerprint",
                "SHA256:abc",
                "event.reason",
                "left");
    }

    @Test
    void whatAnEventSaysAboutAPrincipalIsHiddenAndShownAgain() {
        String line = login();
        assertThat(line)
                .doesNotContain("ada", "192.0.2.7", "SHA256:abc", "left")
                .contains("\"event.action\":\"login\"", "4711");
        assertThat(names.reveal(line))
                .isEqualTo(
                        "{\"event.action\":\"login\",\"user.name\":\"ada\",\"source.ip\":\"192.0.2.7\",\"source.port\":4711,"
                                + "\"keyhole.key.fingerprint\":\"SHA256:abc\",\"event.reason\":\"left\"}");
    }

    @Test
    void equalValuesAreEqualTokensInOneFieldAndOfOnePersonOnly() {
        assertThat(login()).isEqualTo(login());
        Map<String, Object> one =
                names.hide(event("user.name", "ada", "message", "x", "keyhole.login", "x"));
        Map<String, Object> other = names.hide(event("user.name", "bob", "message", "x"));
        assertThat(one.get("message")).isNotEqualTo(other.get("message"));
        assertThat(String.valueOf(one.get("message")).split(":")[1])
                .isNotEqualTo(String.valueOf(one.get("keyhole.login")).split(":")[1]);
    }

    @Test
    void aStrangerStaysInTheClearUntilTheNameIsKnown() {
        assertThat(written("keyhole.login", "ada", "source.ip", "192.0.2.9"))
                .contains("ada", "192.0.2.9");
        login();
        assertThat(written("keyhole.login", "ada", "source.ip", "192.0.2.9"))
                .doesNotContain("ada", "192.0.2.9");
        assertThat(written("keyhole.login", "eve", "source.ip", "192.0.2.9"))
                .contains("eve", "192.0.2.9");
    }

    @Test
    void wordCodesStayAndOtherReasonsDoNot() {
        assertThat(written("user.name", "ada", "event.reason", "SERVICE_UNKNOWN"))
                .contains("SERVICE_UNKNOWN");
        assertThat(written("user.name", "ada", "event.reason", "Ada is ill")).doesNotContain("ill");
    }

    @Test
    void theSubjectOfAnActIsHiddenUnderItsOwnKey() throws IOException {
        login();
        written("user.name", "bob");
        String line = written("user.name", "bob", "keyhole.subject", "ada", "message", "x");
        names.erase("ada");
        assertThat(names.reveal(line)).contains("bob", "\"x\"").doesNotContain("ada");
    }

    @Test
    void whoWasSearchedForIsHiddenToo() throws IOException {
        login();
        String line =
                written("keyhole.operator.login", "root", "keyhole.subject", "--principal ada");
        assertThat(line).contains("root").doesNotContain("ada");
        assertThat(names.reveal(line)).contains("--principal ada");
        names.erase("ada");
        assertThat(names.reveal(line)).doesNotContain("ada");
        written("event.action", "audit-read", "user.name", "ada");
        assertThat(names.pseudonym("ada")).as("asking makes nobody known").isEmpty();
    }

    @Test
    void aTextThatLooksLikeATokenIsNone() {
        login();
        String pseudonym = names.pseudonym("ada").orElseThrow();
        String line = written("keyhole.login", "~" + pseudonym, "message", "~", "x", "~~");
        assertThat(names.reveal(line))
                .isEqualTo(
                        "{\"keyhole.login\":\"~"
                                + pseudonym
                                + "\",\"message\":\"~\",\"x\":\"~~\"}");
    }

    @Test
    void aTokenThatSomebodyChangedStaysAToken() {
        String line = login();
        String changed = line.replaceFirst(":([A-Za-z0-9_-]{20})[A-Za-z0-9_-]", ":$1x");
        String moved = line.replace("source.ip", "message");
        assertThat(names.reveal(changed)).contains("\"~p-");
        assertThat(names.reveal(moved)).doesNotContain("192.0.2.7");
    }

    @Test
    void whatAValueHoldsBreaksNoLine() {
        String line = written("user.name", "ada", "message", "\"}\n\u001b[2J$1\\");
        assertThat(EventLine.of(names.reveal(line)).text("message")).contains("\"}\n\u001b[2J$1\\");
    }

    @Test
    void theTableOutlivesTheDoorAndIsForItsEyesOnly() throws IOException {
        String line = login();
        assertThat(Files.getPosixFilePermissions(table()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        names = Pseudonyms.open(table());
        assertThat(names.reveal(line)).contains("\"ada\"", "192.0.2.7");
        assertThat(login()).isEqualTo(line);
        assertThat(Files.readAllLines(table())).hasSize(1);
    }

    @Test
    void whoIsErasedIsReadByNobodyAndComesBackAsAnother() throws IOException {
        String line = login();
        String other = written("user.name", "bob");
        String pseudonym = names.pseudonym("ada").orElseThrow();

        assertThat(names.erase("ada")).contains(pseudonym);

        assertThat(Files.readString(table())).doesNotContain("ada", pseudonym).contains("bob");
        assertThat(names.reveal(line)).isEqualTo(line);
        assertThat(names.reveal(other)).contains("bob");
        assertThat(names.erase("ada")).as("again").isEmpty();
        login();
        assertThat(names.pseudonym("ada"))
                .isPresent()
                .isNotEqualTo(java.util.Optional.of(pseudonym));
        assertThat(names.reveal(line)).as("the former one").isEqualTo(line);
    }

    @Test
    void halfALineAtTheEndIsCutAndAnyOtherDamageIsSaid() throws IOException {
        String line = login();
        Files.writeString(table(), "{\"pseudonym\":\"p-", StandardOpenOption.APPEND);
        names = Pseudonyms.open(table());
        assertThat(names.reveal(line)).contains("\"ada\"");
        written("user.name", "bob");
        assertThat(Pseudonyms.open(table()).pseudonym("bob")).isPresent();

        Files.writeString(table(), "nonsense\n" + Files.readString(table()));
        assertThatThrownBy(() -> Pseudonyms.open(table()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void withoutRoomForAPseudonymTheEventIsWrittenAllTheSame() throws IOException {
        names = Pseudonyms.open(place.resolve("missing/names.jsonl"));
        assertThat(login()).contains("\"ada\"", "192.0.2.7");
        Files.createDirectory(place.resolve("missing"));
        assertThat(login()).doesNotContain("\"ada\"");
    }
}
