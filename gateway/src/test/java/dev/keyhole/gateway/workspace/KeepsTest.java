package dev.keyhole.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepsTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName ROOT = new PrincipalName("root");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(8));

    @TempDir Path home;

    @Test
    void nobodyIsKeptWhoDidNotAsk() {
        assertThat(at(NOON).of(ADA)).isEmpty();
    }

    @Test
    void aKeepHoldsForTheNextDoorToo() throws Exception {
        at(NOON).hold(ADA, ROOT, LATER);
        assertThat(at(NOON.plusSeconds(60)).of(ADA)).contains(new KeptBy.Keep(ROOT, LATER));
    }

    @Test
    void aKeepThatEndedWhileNoDoorRanIsOver() throws Exception {
        at(NOON).hold(ADA, ROOT, LATER);
        assertThat(at(LATER).of(ADA)).isEmpty();
    }

    @Test
    void aKeepThatIsGivenUpIsGoneForTheNextDoorToo() throws Exception {
        Keeps keeps = at(NOON);
        keeps.hold(ADA, ADA, LATER);
        keeps.end(ADA);
        assertThat(keeps.of(ADA)).isEmpty();
        assertThat(at(NOON).of(ADA)).isEmpty();
    }

    @Test
    void aFileThatIsNoKeepKeepsNobody() throws Exception {
        Files.createDirectories(directory());
        for (String text : new String[] {"", "ada", "ada noon", "../x 2026-01-01T20:00:00Z"}) {
            Files.writeString(directory().resolve("ada"), text);
            assertThat(at(NOON).of(ADA)).as(text).isEmpty();
        }
    }

    @Test
    void onlyTheDoorReadsThem() throws Exception {
        at(NOON).hold(ADA, ADA, LATER);
        assertThat(mode(directory())).isEqualTo("rwx------");
        assertThat(mode(directory().resolve("ada"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Keeps at(Instant now) {
        return new Keeps(directory(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path directory() {
        return home.resolve("keep");
    }
}
