package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.SourceGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewaysTest {
    @Test
    void theRouterOfTheDefaultRouteIsAGateway() {
        assertThat(
                        Gateways.routers(
                                true,
                                List.of(
                                        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                                        "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                                        "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0")))
                .containsExactly(SourceGroup.parse("172.17.0.1"));
    }

    @Test
    void aRouteWithoutARouterIsNone() {
        assertThat(
                        Gateways.routers(
                                true,
                                List.of(
                                        "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0")))
                .isEmpty();
    }

    @Test
    void versionSixHasThemToo() {
        String zero = "0".repeat(32);
        assertThat(
                        Gateways.routers(
                                false,
                                List.of(
                                        zero
                                                + " 00 "
                                                + zero
                                                + " 00 fd000000000000000000000000000001 00000400 00000001 00000000 00000003     eth0",
                                        zero
                                                + " 00 "
                                                + zero
                                                + " 00 "
                                                + zero
                                                + " ffffffff 00000001 00000000 00200200       lo",
                                        "fd000000000000000000000000000000 40 "
                                                + zero
                                                + " 00 "
                                                + zero
                                                + " 00000100 00000001 00000000 00000001     eth0")))
                .containsExactly(SourceGroup.parse("fd00::1"));
    }
}
