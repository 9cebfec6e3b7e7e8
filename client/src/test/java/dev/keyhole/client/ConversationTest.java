package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.wire.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are what OpenSSH 9.2 wrote. */
class ConversationTest {
    private static final List<Forward> TWO =
            List.of(
                    new Forward(18000, Service.parse("jupyter")),
                    new Forward(18001, Service.parse("localhost:9999")));

    private final Conversation conversation = new Conversation(remark -> {});

    @Test
    void aLoginAndItsListenersAreNoticed() {
        hear("Authenticated to 127.0.0.1 ([127.0.0.1]:22022) using \"publickey\".");
        assertThat(conversation.isLoggedIn()).isTrue();
        hear("debug1: Local forwarding listening on 127.0.0.1 port 18000.");
        assertThat(conversation.isListeningOn(TWO)).isFalse();
        hear("debug1: Local forwarding listening on 127.0.0.1 port 18001.");
        assertThat(conversation.isListeningOn(TWO)).isTrue();
    }

    @Test
    void aRefusedChannelBelongsToThePortThatAskedForIt() {
        hear("debug1: Connection to port 18000 forwarding to jupyter port 8888 requested.");
        hear("debug1: channel 3: new direct-tcpip [direct-tcpip] (inactive timeout: 0)");
        hear("debug1: Connection to port 18001 forwarding to localhost port 9999 requested.");
        hear("debug1: channel 4: new direct-tcpip [direct-tcpip] (inactive timeout: 0)");
        hear(
                "channel 3: open failed: administratively prohibited: WORKSPACE_STOPPED: The workspace was stopped.");
        hear("channel 4: open failed: connect failed: Connection refused");
        assertThat(conversation.connectionsTo(18000)).isEqualTo(1);
        assertThat(conversation.takeRefusal(18000))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.code()).isEqualTo("WORKSPACE_STOPPED");
                    assertThat(refusal.status()).isEqualTo(ExitStatus.REFUSED);
                    assertThat(refusal.mayPass()).isFalse();
                });
        assertThat(conversation.takeRefusal(18000)).isEmpty();
        assertThat(conversation.takeRefusal(18001))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(ExitStatus.FAILED);
                    assertThat(refusal.mayPass()).isTrue();
                });
    }

    @Test
    void eachCodeHasItsExitStatus() {
        assertThat(refusal("administratively prohibited", "SERVICE_UNKNOWN: x").status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(refusal("administratively prohibited", "NOT_YOUR_LISTENER: x").status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(refusal("connect failed", "WORKSPACE_FAILED: x").status())
                .isEqualTo(ExitStatus.FAILED);
        assertThat(refusal("connect failed", "WORKSPACE_FAILED: x").mayPass()).isFalse();
        assertThat(refusal("administratively prohibited", "OF_TOMORROW: x").status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(refusal("administratively prohibited", "open failed").status())
                .isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void whatTheDoorTellsOfAStartIsNewsAndWhatOthersTellIsNot() {
        hear("debug1: Remote: /etc/ssh/keys:1: key options: agent-forwarding");
        assertThat(conversation.news()).isEmpty();

        hear("debug1: Remote: keyhole: pulling 3 of 7 layers, 120 of 840 MB");
        assertThat(conversation.news()).hasValue("pulling 3 of 7 layers, 120 of 840 MB");
    }

    @Test
    void wordsOfSshInTheMiddleOfALineMeanNothing() {
        hear(
                "debug1: Remote protocol version 2.0, remote software version Authenticated to x using \"publickey\".");
        hear(" Authenticated to x using \"publickey\".");
        assertThat(conversation.isLoggedIn()).isFalse();
    }

    private void hear(String line) {
        conversation.hear(line);
    }

    private static ForwardRefusal refusal(String reason, String text) {
        return ForwardRefusal.of(reason, text);
    }
}
