package dev.keyhole.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the midst of writing. A power cut it is not: that is what {@code synchronous=FULL} is for. */
class KilledStoreTest {
    private static final int KILLS = Boolean.getBoolean("keyhole.soak") ? 100 : 4;

    @TempDir Path directory;

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsHalf() throws Exception {
        Path file = directory.resolve("keyhole.db");
        Random random = new Random(20261123);
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int last = killedAfter(file, next, random.nextInt(40), random.nextInt(20));
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement();
                    var verdict = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(verdict.next()).isTrue();
                assertThat(verdict.getString(1)).isEqualTo("ok");
            }
            try (SqliteStore store = SqliteStore.open(file, KeyRules.usual())) {
                Roster kept = store.load();
                next =
                        kept.principal(KilledWriter.name(last + 1)).isPresent()
                                ? last + 2
                                : last + 1;
                assertWhole(kept, next - 1);
            }
        }
    }

    /** The last one is there, the one before it too, and nobody else: each list was kept as a whole. */
    private static void assertWhole(Roster kept, int last) {
        assertThat(kept.principals())
                .extracting(Principal::name)
                .containsExactlyInAnyOrder(KilledWriter.name(last), KilledWriter.name(last - 1));
        for (Principal one : kept.principals()) {
            assertThat(kept.keysOf(one.name())).hasSize(KilledWriter.KEYS);
        }
        assertThat(kept.keyCount()).isEqualTo(2 * KilledWriter.KEYS);
    }

    /** The last number that the writer acknowledged; it is killed at some moment after that many changes and more. */
    private static int killedAfter(Path file, int first, int changes, int milliseconds)
            throws Exception {
        Process writer =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledWriter.class.getName(),
                                file.toString(),
                                "" + first)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int last = first - 1;
        try (BufferedReader acknowledged = writer.inputReader(UTF_8)) {
            // Two at least, so that there is always one and the one before it.
            while (last < first + 1 + changes) {
                last = Integer.parseInt(acknowledged.readLine());
            }
            assertThat(writer.waitFor(milliseconds, TimeUnit.MILLISECONDS)).isFalse();
            // Not Process.destroyForcibly(): that closes our end first, with what was acknowledged.
            writer.toHandle().destroyForcibly();
            for (String line = acknowledged.readLine();
                    line != null && !line.isEmpty();
                    line = acknowledged.readLine()) {
                last = Integer.parseInt(line);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return last;
    }
}
