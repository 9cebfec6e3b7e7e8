package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadyLineTest {
    private static final Fingerprint HOST_KEY = Fingerprint.of(new byte[] {1});

    @Test
    void theLineForScriptsHasExactlyTheMembersOfTheContract() {
        assertThat(line(new Advertised("gpu.example", false)).json())
                .isEqualTo(
                        ("{\"ready\":true,\"ssh\":{\"host\":\"gpu.example\",\"port\":2222,\"hostKey\":\"%s\"},"
                                        + "\"principal\":\"ada\",\"services\":[{\"name\":\"jupyter\",\"port\":8888},"
                                        + "{\"name\":\"tensorboard\",\"port\":6006}],"
                                        + "\"command\":\"ssh -N -L 8000:localhost:8888 ada@gpu.example -p 2222\"}")
                                .formatted(HOST_KEY));
    }

    @Test
    void theTextHoldsCommandAddressFingerprintAndFirewall() {
        assertThat(line(new Advertised("gpu.example", false)).text())
                .contains(
                        "\n  ssh -N -L 8000:localhost:8888 ada@gpu.example -p 2222\n",
                        "http://localhost:8000",
                        HOST_KEY.value(),
                        "open TCP port 2222 in your provider's firewall")
                .doesNotContain("guess");
    }

    @Test
    void aGuessedHostIsMarkedAsOne() {
        assertThat(line(new Advertised("box", true)).text())
                .contains("'box' is a guess")
                .contains("--advertise HOST");
    }

    private static ReadyLine line(Advertised host) {
        return new ReadyLine(
                host,
                2222,
                HOST_KEY,
                new PrincipalName("ada"),
                Map.of(ServiceName.TENSORBOARD, 6006, ServiceName.JUPYTER, 8888));
    }
}
