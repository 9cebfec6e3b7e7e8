package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;
import static dev.keyhole.gateway.metrics.Metric.gauge;

import dev.keyhole.gateway.ban.Offence;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.Arrays;
import java.util.List;

/** What the guard keeps out: penalties, bans, and what the kernel drops. */
final class GuardMetrics {
    static final List<Metric> ALL =
            List.of(
                    new Metric(
                            "keyhole_penalised_sources",
                            Type.GAUGE,
                            "Sources that failed lately: those that are refused now, and those that may try again.",
                            List.of("state"),
                            now ->
                                    List.of(
                                            Sample.of("refused", now.guard().tables().enforced()),
                                            Sample.of(
                                                    "counting",
                                                    now.guard().tables().penalties()
                                                            - now.guard().tables().enforced()))),
                    new Metric(
                            "keyhole_bans",
                            Type.GAUGE,
                            "Bans that hold, by who decided.",
                            List.of("by"),
                            now ->
                                    List.of(
                                            Sample.of("door", now.guard().tables().bansOfDoor()),
                                            Sample.of(
                                                    "operator",
                                                    now.guard().tables().bansOfOperators()))),
                    gauge(
                            "keyhole_bans_most",
                            "How many bans the door itself may hold; then the one that ends first goes.",
                            now -> now.guard().tables().most()),
                    gauge(
                            "keyhole_friendly_sources",
                            "Sources from which somebody logged in lately, so that a ban leaves them a way in.",
                            now -> now.guard().tables().friends()),
                    counter(
                            "keyhole_guard_overflows_total",
                            "Penalties and bans that went before their end, because there were too many.",
                            now -> now.guard().tables().overflows()),
                    new Metric(
                            "keyhole_connections_refused_total",
                            Type.COUNTER,
                            "Connections that ended before the key exchange: of penalised or banned sources, because too many waited, or for another one.",
                            List.of("why"),
                            now ->
                                    List.of(
                                            Sample.of("penalised", now.guard().refused()),
                                            Sample.of("crowded", now.guard().crowded()),
                                            Sample.of("displaced", now.guard().displaced()))),
                    new Metric(
                            "keyhole_offences_total",
                            Type.COUNTER,
                            "Connections that ended without a login and count towards a penalty.",
                            List.of("offence"),
                            now ->
                                    Arrays.stream(Offence.values())
                                            .map(offence ->
                                                    Sample.of(
                                                            offence.word(),
                                                            now.guard()
                                                                    .offences()
                                                                    .getOrDefault(offence, 0L)))
                                            .toList()),
                    counter(
                            "keyhole_kernel_drops_total",
                            "How often the kernel was told to drop a source.",
                            now -> now.drops().dropped()),
                    counter(
                            "keyhole_kernel_drop_failures_total",
                            "Changes that the kernel did not take.",
                            now -> now.drops().failed()));

    private GuardMetrics() {}
}
