package dev.keyhole.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.SshHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerLineTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final Path OURS = Path.of("/home/door/inner-doors_key");
    private static final Path THEIRS = Path.of("/root/other_key");

    private static RunningService inContainer(Path identity) {
        return new RunningService(
                ADA,
                ServiceName.JUPYTER,
                4711,
                1_795_458_133_000L,
                new Endpoint.Hop(
                        new SshHost(
                                new SshHost.Place.Socket(Path.of("/run/key hole/r/door.sock")),
                                "gateway",
                                "ssh-ed25519 AAAAC3Nz",
                                identity),
                        "localhost",
                        8888));
    }

    @Test
    void aServiceBehindAnInnerDoorIsReadAsItWasWritten() {
        assertThat(AnswerLine.parse(ADA, OURS, AnswerLine.of(inContainer(OURS))))
                .contains(inContainer(OURS));
    }

    @Test
    void theKeyThatLogsInIsTheReadersOwnAndNeverOnTheLine() {
        String line = AnswerLine.of(inContainer(THEIRS));

        assertThat(line).doesNotContain(THEIRS.toString());
        assertThat(AnswerLine.parse(ADA, OURS, line)).contains(inContainer(OURS));
    }

    @Test
    void aServiceOnAUnixSocketIsReadAsItWasWritten() {
        var service =
                new RunningService(
                        ADA,
                        ServiceName.TENSORBOARD,
                        4712,
                        99,
                        new Endpoint.Unix(Path.of("/run/with space/s"), "kh-ada"));

        assertThat(AnswerLine.parse(ADA, OURS, AnswerLine.of(service))).contains(service);
    }

    @Test
    void whatIsOfAnotherMachineIsNeverWritten() {
        SshHost far =
                new SshHost(
                        new SshHost.Place.Tcp("gpu.test", 22), "ada", "ssh-ed25519 AAAAC3Nz", OURS);
        var service =
                new RunningService(
                        ADA, ServiceName.JUPYTER, 1, 1, new Endpoint.Hop(far, "localhost", 8888));

        assertThatIllegalArgumentException().isThrownBy(() -> AnswerLine.of(service));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hop",
                "hop ",
                "hop jupyter",
                "hop jupyter 1 2 gateway localhost 8888 ssh-ed25519 AAAA",
                "hop jupyter x 2 gateway localhost 8888 ssh-ed25519 AAAA /s",
                "hop jupyter 1 x gateway localhost 8888 ssh-ed25519 AAAA /s",
                "hop jupyter 1 2 gateway localhost port ssh-ed25519 AAAA /s",
                "hop jupyter 1 2 gateway localhost 99999999999 ssh-ed25519 AAAA /s",
                "hop ../x 1 2 gateway localhost 8888 ssh-ed25519 AAAA /s",
                "hop jupyter 1 2 gateway localhost 8888 ssh-ed25519 AAAA /s\0",
                "HOP jupyter 1 2 gateway localhost 8888 ssh-ed25519 AAAA /s",
                "hops jupyter 1 2 gateway localhost 8888 ssh-ed25519 AAAA /s",
                " hop jupyter 1 2 gateway localhost 8888 ssh-ed25519 AAAA /s",
                "service jupyter 1 2 ada",
                "service jupyter 1 x ada /s",
                "service ../x 1 2 ada /s",
                "line jupyter"
            })
    void whatIsNoServiceIsNone(String line) {
        assertThat(AnswerLine.parse(ADA, OURS, line)).isEmpty();
    }

    @Test
    void aWallIsReadAsItWasWritten() {
        IsolationPart stands = IsolationPart.stands("memory");
        IsolationPart missing = IsolationPart.missing("disk", "One person can fill it.");

        assertThat(AnswerLine.parsePart(AnswerLine.of(stands))).contains(stands);
        assertThat(AnswerLine.parsePart(AnswerLine.of(missing))).contains(missing);
        assertThat(AnswerLine.parsePart("part memory")).isEmpty();
        assertThat(AnswerLine.parsePart("hop memory yes")).isEmpty();
    }
}
