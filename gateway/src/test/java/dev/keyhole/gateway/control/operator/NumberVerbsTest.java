package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.control.numbers.SampleNumbers;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberVerbsTest {
    private static final DoorNumbers WELL = SampleNumbers.of(SampleNumbers.well());
    private static final DoorNumbers TROUBLED = SampleNumbers.of(SampleNumbers.troubled());

    @Test
    void aDoorThatIsWellExitsWithZero() throws Exception {
        Answer answer = ask(new Health(() -> WELL));
        assertThat(answer.status()).isEqualTo(ExitStatus.DONE);
        assertThat(Json.write(answer.document()))
                .contains("\"healthy\":true")
                .doesNotContain("\"code\"");
    }

    @Test
    void aProblemExitsWithSevenAndSaysItsCodeAndTheNextMove() throws Exception {
        Answer answer = ask(new Health(() -> TROUBLED));
        assertThat(answer.status()).isEqualTo(ExitStatus.PROBLEMS_FOUND);
        assertThat(answer.text())
                .contains("disk   problem  34 MiB are free")
                .contains("DISK_LOW: ")
                .contains("Free space");
        assertThat(Json.write(answer.document()))
                .contains("\"healthy\":false")
                .contains("\"code\":\"DISK_LOW\"");
    }

    @Test
    void theStatusShowsTheNumbersThatTheMetricsRead() throws Exception {
        Answer answer = ask(new DoorStatus(() -> TROUBLED));
        assertThat(answer.text())
                .contains("sessions    3, and 2 without login")
                .contains("forwards    6 (5 service, 1 shared)")
                .contains("logins      17 accepted, 6 refused")
                .contains("workspaces  11 of 24 run")
                .contains("12 ready, 13 failed")
                .contains("syslog      60 events sent, 61 not there yet")
                .contains("disk: 34 MiB are free (DISK_LOW)");
        assertThat(Json.write(answer.document()))
                .contains("\"bytesIn\":1000001")
                .contains("\"bytesOut\":2000002")
                .contains("\"syslog\":{\"sent\":60,\"behind\":61}");
    }

    @Test
    void readingNumbersNeedsNoAudit() {
        for (OperatorVerb verb :
                List.of(
                        new Health(() -> WELL),
                        new DoorStatus(() -> WELL),
                        new Metrics(() -> WELL, numbers -> ""))) {
            assertThat(verb.audited()).as(verb.name()).isFalse();
        }
    }

    @Test
    void theMetricsAreWhatTheirTextSays() throws Exception {
        Answer answer = ask(new Metrics(() -> WELL, numbers -> "up " + numbers.version() + "\n"));
        assertThat(answer.text()).isEqualTo("up 0.1.0\n");
    }

    private static Answer ask(OperatorVerb verb) throws Exception {
        return verb.prepare(new Fields(Map.of())).deed().run(new Mute());
    }

    private static final class Mute implements Talk {
        @Override
        public void progress(String text) {}

        @Override
        public void line(String text) {}

        @Override
        public void quiet() {}
    }
}
