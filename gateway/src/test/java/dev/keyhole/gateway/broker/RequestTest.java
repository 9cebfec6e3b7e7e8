package dev.keyhole.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final long SEED = 4711;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start ada jupyter",
                "running ada",
                "stop ada tensorboard",
                "await ada jupyter 4711 0",
                "log ada jupyter 50",
                "drop 192.0.2.7/32 600",
                "drop 2001:db8:0:0:0:0:0:0/64 604800",
                "lift 192.0.2.7/32",
                "lift-all"
            })
    void aRequestIsWrittenAsItIsRead(String line) {
        assertThat(Request.parse(line)).map(Request::line).contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start",
                "start ada",
                "start ada jupyter more",
                "start  ada jupyter",
                " start ada jupyter",
                "START ada jupyter",
                "start ../ada jupyter",
                "start ada -rf",
                "start root; jupyter",
                "exec ada jupyter",
                "await ada jupyter -1 0",
                "await ada jupyter 1e3 0",
                "await ada jupyter 99999999999999999999 0",
                "log ada jupyter 0x10",
                "running ada\r",
                "drop 192.0.2.7 600",
                "drop 192.0.2.0/24 600",
                "drop 0.0.0.0/0 600",
                "drop 2001:db8::/64 600",
                "drop 2001:db8:0:0:0:0:0:1/128 600",
                "drop ::ffff:192.0.2.7/32 600",
                "drop localhost 600",
                "drop 192.0.2.7/32 0",
                "drop 192.0.2.7/32 604801",
                "drop 192.0.2.7/32 600 22",
                "drop 192.0.2.7/32",
                "lift",
                "lift 192.0.2.7/32 600",
                "lift-all 192.0.2.7/32"
            })
    void whatIsNotExactlyARequestIsNone(String line) {
        assertThat(Request.parse(line)).isEmpty();
    }

    @Test
    void moreLinesThanThereMayBeAreCut() {
        assertThat(Request.parse("log ada jupyter 999999999999"))
                .contains(new Request.Log(new PrincipalName("ada"), ServiceName.JUPYTER, 1_000));
    }

    @Test
    void tenThousandMutationsAreEitherRefusedOrMeanThemselves() {
        Random random = new Random(SEED);
        String[] seeds = {
            "start ada jupyter",
            "await ada jupyter 4711 99",
            "log ada jupyter 50",
            "running ada",
            "drop 192.0.2.7/32 600",
            "lift 2001:db8:0:0:0:0:0:0/64"
        };
        for (int i = 0; i < 10_000; i++) {
            StringBuilder line = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int edits = random.nextInt(4); edits >= 0 && !line.isEmpty(); edits--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.deleteCharAt(at);
                    case 1 -> line.insert(at, (char) random.nextInt(300));
                    default -> line.setCharAt(at, " 0az-./\n\0".charAt(random.nextInt(9)));
                }
            }
            String text = line.toString();
            Request.parse(text).ifPresent(request -> assertThat(request.line()).isEqualTo(text));
        }
    }
}
