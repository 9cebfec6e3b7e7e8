package dev.keyhole.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void aForwardsEndTellsHowMuchWentWhere() {
        assertThat(
                        LogLine.of(
                                "{\"@timestamp\":\"2026-01-01T00:00:00.000Z\",\"event.action\":\"forward-closed\","
                                        + "\"source.ip\":\"10.0.0.1\",\"service.name\":\"jupyter\",\"source.bytes\":12,"
                                        + "\"destination.bytes\":34,\"event.reason\":\"both sides ended it\"}"))
                .isEqualTo(
                        "2026-01-01T00:00:00.000Z  forward-closed     from 10.0.0.1  jupyter  12 bytes in, 34 out"
                                + "  both sides ended it");
    }

    @Test
    void aRefusalTellsWhatWasAskedForAndWhyNot() {
        assertThat(
                        LogLine.of(
                                "{\"@timestamp\":\"t\",\"event.action\":\"forward-refused\",\"destination.address\":"
                                        + "\"a\\\"b\",\"destination.port\":22,\"event.reason\":\"SERVICE_UNKNOWN\"}"))
                .isEqualTo("t  forward-refused    to a\\\"b:22  SERVICE_UNKNOWN");
    }
}
