package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;
import static dev.keyhole.gateway.metrics.Metric.gauge;

import dev.keyhole.gateway.control.numbers.ForwardKind;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.Arrays;
import java.util.List;

/** What the door itself does: sessions, forwards, bytes, logins. */
final class DoorMetrics {
    static final List<Metric> ALL =
            List.of(
                    new Metric(
                            "keyhole_build_info",
                            Type.INFO,
                            "Which release runs, and on which Java.",
                            List.of("version", "java"),
                            now ->
                                    List.of(
                                            new Sample.Value(
                                                    List.of(
                                                            now.version(),
                                                            Runtime.version().toString()),
                                                    1))),
                    gauge(
                            "keyhole_sessions",
                            "Authenticated connections that are open.",
                            now -> now.door().sessions()),
                    gauge(
                            "keyhole_connections_without_login",
                            "Connections that have not logged in yet.",
                            now -> now.door().withoutLogin()),
                    new Metric(
                            "keyhole_forwards",
                            Type.GAUGE,
                            "Forwards that are open.",
                            List.of("kind"),
                            now ->
                                    Arrays.stream(ForwardKind.values())
                                            .map(kind ->
                                                    Sample.of(
                                                            kind.word(),
                                                            now.door()
                                                                    .forwards()
                                                                    .getOrDefault(kind, 0)))
                                            .toList()),
                    gauge(
                            "keyhole_commands",
                            "Shells, commands and sftp that run in workspaces.",
                            now -> now.door().commands()),
                    gauge(
                            "keyhole_draining",
                            "1 while the door takes nothing new, else 0.",
                            now -> now.door().draining() ? 1 : 0),
                    new Metric(
                            "keyhole_forward_bytes_total",
                            Type.COUNTER,
                            "Bytes of forwards: in from clients to services, out from services to clients.",
                            List.of("direction"),
                            now ->
                                    List.of(
                                            Sample.of("in", now.door().bytesIn()),
                                            Sample.of("out", now.door().bytesOut()))),
                    new Metric(
                            "keyhole_logins_total",
                            Type.COUNTER,
                            "Connections that got a login, and those that tried or broke the protocol and got none.",
                            List.of("result"),
                            now ->
                                    List.of(
                                            Sample.of("accepted", now.happenings().logins()),
                                            Sample.of(
                                                    "refused", now.happenings().loginsRefused()))),
                    new Metric(
                            "keyhole_refusals_total",
                            Type.COUNTER,
                            "How often somebody was told no, by the code of docs/codes.md.",
                            List.of("step", "code"),
                            now ->
                                    now.happenings().refusals().entrySet().stream()
                                            .<Sample>map(entry ->
                                                    new Sample.Value(
                                                            List.of(
                                                                    entry.getKey().step().word(),
                                                                    entry.getKey().code().name()),
                                                            entry.getValue()))
                                            .toList()),
                    counter(
                            "keyhole_forwards_opened_total",
                            "Forwards that reached their target.",
                            now -> now.happenings().forwards()),
                    counter(
                            "keyhole_commands_started_total",
                            "Shells, commands and sftp that were started in workspaces.",
                            now -> now.happenings().commands()));

    private DoorMetrics() {}
}
