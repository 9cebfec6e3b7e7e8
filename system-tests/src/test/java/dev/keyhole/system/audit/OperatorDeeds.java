package dev.keyhole.system.audit;

import static dev.keyhole.system.audit.Deed.trace;

import dev.keyhole.system.KeyFile;
import java.util.List;

/** What operators change, and what they read. */
final class OperatorDeeds {
    private final Hands hands;
    private final KeyFile authority;

    OperatorDeeds(Hands hands) {
        this.hands = hands;
        this.authority = hands.key("campus");
    }

    List<Deed> operator() {
        return List.of(
                Deed.of(
                        "a network is banned",
                        () ->
                                hands.run(
                                        "ban",
                                        "add",
                                        "192.0.2.0/24",
                                        "--reason",
                                        "tests",
                                        "--for",
                                        "1h"),
                        trace("operator-acted", "keyhole.verb", "ban add"),
                        trace("ban-placed", "keyhole.network", "192.0.2.0/24")),
                Deed.of(
                        "the ban is lifted",
                        () -> hands.run("ban", "remove", "192.0.2.0/24"),
                        trace("operator-acted", "keyhole.verb", "ban remove"),
                        trace("ban-lifted", "keyhole.network", "192.0.2.0/24")),
                Deed.of(
                        "a shared service is added",
                        () ->
                                hands.run(
                                        "service",
                                        "add",
                                        "postgres",
                                        "--address",
                                        "localhost:5432"),
                        Hands.acted("service add", "")),
                Deed.of(
                        "it is granted",
                        () -> hands.run("service", "grant", "postgres", Hands.ADA),
                        Hands.acted("service grant", Hands.ADA)),
                Deed.of(
                        "it is withdrawn",
                        () -> hands.run("service", "withdraw", "postgres", Hands.ADA),
                        Hands.acted("service withdraw", Hands.ADA)),
                Deed.of(
                        "it is removed",
                        () -> hands.run("service", "remove", "postgres", "--yes"),
                        Hands.acted("service remove", "")),
                Deed.of(
                        "an authority is enrolled",
                        () -> hands.run("ca", "add", "campus", Hands.file(authority)),
                        Hands.acted("ca add", "")),
                Deed.of(
                        "an authority is removed",
                        () -> hands.run("ca", "remove", "campus", "--yes"),
                        Hands.acted("ca remove", "")),
                Deed.of(
                        "a key is removed",
                        () -> hands.run("key", "remove", "--comment", "notebook-only"),
                        Hands.acted("key remove", Hands.ADA)),
                Deed.of(
                        "a member is removed",
                        () -> hands.run("principal", "remove", "bob", "--yes"),
                        Hands.acted("principal remove", "bob")),
                Deed.of(
                        "the audit is read",
                        () -> hands.run("audit", "search", "--principal", Hands.ADA),
                        trace(
                                "audit-read",
                                "keyhole.verb",
                                "audit search",
                                "user.name",
                                Hands.ADA)));
    }
}
