package dev.keyhole.gateway.authlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuthLogTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:12:13.123Z");

    @TempDir private Path directory;

    @Test
    void whoWatchesTheLogFindsItBeforeTheFirstRefusal() throws IOException {
        try (AuthLog log = AuthLog.open(file(), Clock.systemUTC())) {
            Awaitility.await().until(() -> Files.exists(file()));
            assertThat(log).isNotNull();
        }
        assertThat(lines()).isEmpty();
    }

    @Test
    void aRefusalIsOnDiskAtOnce() throws IOException {
        try (AuthLog log = AuthLog.open(file(), Clock.systemUTC())) {
            log.failed(AT, source(), Optional.empty(), Code.AUTH_FAILED, "ada", "SSH-2.0-x");
            Awaitility.await().until(() -> Files.exists(file()) && lines().size() == 1);
        }
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("2026-11-23T07:12:13.123Z keyhole[" + ProcessHandle.current().pid())
                .contains("code=AUTH_FAILED login=\"ada\" client=\"SSH-2.0-x\"");
    }

    @Test
    void aFloodWaitsForNothingAndIsCountedWhole() throws IOException {
        try (AuthLog log = AuthLog.open(file(), Clock.systemUTC())) {
            for (int i = 0; i < 200_000; i++) {
                log.failed(AT, source(), Optional.empty(), Code.AUTH_FAILED, "ada", "");
            }
        }
        List<String> lines = lines();
        assertThat(lines).hasSizeLessThan(100);
        assertThat(lines.stream().mapToLong(AuthLogTest::count).sum()).isEqualTo(200_000);
    }

    @Test
    void aDirectoryThatIsGoneHarmsNobody() throws IOException {
        try (AuthLog log = AuthLog.open(directory.resolve("gone/auth.log"), Clock.systemUTC())) {
            log.failed(AT, source(), Optional.empty(), Code.AUTH_FAILED, "ada", "");
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static long count(String line) {
        return line.contains(" count=")
                ? Long.parseLong(line.replaceAll(".* count=(\\d+) .*", "$1"))
                : 1;
    }

    private Path file() {
        return directory.resolve("auth.log");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private static Source source() throws IOException {
        return new Source(InetAddress.getByName("192.0.2.7"), 50122);
    }
}
