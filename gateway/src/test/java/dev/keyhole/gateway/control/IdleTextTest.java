package dev.keyhole.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.IdleVerdict;
import dev.keyhole.gateway.workspace.KeptBy;
import dev.keyhole.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleTextTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void whatWouldStopSaysWhenAndWhy() {
        IdleVerdict stops = new IdleVerdict.Stops(Duration.ofMinutes(100));
        assertThat(IdleText.of(stops, NOON))
                .startsWith("would stop at 13:40 UTC because nothing is open (in 1 h 40 min");
        assertThat(Json.write(IdleText.document(stops, NOON)))
                .isEqualTo(
                        "{\"state\":\"stops\",\"stopsAt\":\"2026-01-01T13:40:00Z\",\"secondsLeft\":6000}");
    }

    @Test
    void whatIsKeptSaysByWhat() {
        IdleVerdict kept =
                new IdleVerdict.Kept(
                        List.of(
                                new KeptBy.BusyKernels(1),
                                new KeptBy.Keep(
                                        new PrincipalName("ada"),
                                        NOON.plus(Duration.ofHours(30)))));
        assertThat(IdleText.of(kept, NOON))
                .isEqualTo("kept by: 1 busy kernel, keep until 2026-01-02 18:00 UTC by ada");
        assertThat(Json.write(IdleText.document(kept, NOON)))
                .isEqualTo(
                        "{\"state\":\"kept\",\"keptBy\":[{\"what\":\"busy-kernels\",\"count\":1},"
                                + "{\"what\":\"keep\",\"count\":1,\"until\":\"2026-01-02T18:00:00Z\",\"by\":\"ada\"}]}");
    }

    @Test
    void whatIsOverdueIsStoppedNowAndNotInThePast() {
        assertThat(IdleText.of(new IdleVerdict.Stops(Duration.ofSeconds(-5)), NOON))
                .contains("12:00 UTC", "in 0 s");
    }
}
