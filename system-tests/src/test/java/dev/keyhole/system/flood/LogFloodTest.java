package dev.keyhole.system.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Soak;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Failures beyond number, and what of them is written down. */
@ExtendWith(NoLeaks.class)
final class LogFloodTest {
    private static final String ATTACKER = "127.0.0.66";

    /** What a line of the audit takes at most, roughly. */
    private static final int LINE = 1_024;

    // A20
    @Test
    void failuresWithoutEndAreSummedUpAndRealEventsAreKept() throws IOException {
        int count = Soak.count(1_000_000, 3_000);
        try (Door door = Door.up();
                Strangers strangers = new Strangers(ATTACKER, door.port())) {
            long before = Files.size(door.audit().file());
            long began = System.nanoTime();
            for (int number = 0; number < count; number += 100) {
                strangers.connect(100, ignoredTooEarly());
                strangers.awaitClosed();
            }
            long minutes = (System.nanoTime() - began) / 60_000_000_000L + 1;
            door.ssh().run("keyhole", "services").orFail();
            door.stop();

            List<AuditTrail.Event> events = door.audit().events();
            long one =
                    events.stream()
                            .filter(event -> event.action().equals("login-refused"))
                            .filter(event -> event.text("source.ip").equals(ATTACKER))
                            .count();
            long summed =
                    events.stream()
                            .filter(event -> event.action().equals("refusals-summed"))
                            .mapToLong(event -> event.number("keyhole.count"))
                            .sum();
            assertThat(one).isBetween(300L, 300 * (minutes + 1));
            assertThat(one + summed).isEqualTo(count);
            assertThat(events).anyMatch(event -> event.action().equals("login"));
            assertThat(events).anyMatch(event -> event.action().equals("verb-run"));
            assertThat(Files.size(door.audit().file()) - before)
                    .isLessThan((minutes + 1) * 400 * LINE);
            assertThat(Processes.of(door.home())).isEmpty();
        }
    }

    /** A greeting, and an SSH_MSG_IGNORE before the key exchange: refused at once, and written down. */
    private static byte[] ignoredTooEarly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("SSH-2.0-stranger\r\n".getBytes(US_ASCII));
        bytes.write(new byte[] {0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        return bytes.toByteArray();
    }
}
