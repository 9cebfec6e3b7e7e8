package dev.keyhole.system.audit;

import static dev.keyhole.system.audit.Deed.trace;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Who comes, who is let in, and how sessions end. */
final class ArrivalDeeds {
    private final Hands hands;
    private final KeyFile stranger;
    private final KeyFile bob;
    private final KeyFile notebookOnly;
    private final KeyFile noForwards;
    private Optional<Tunnel> held = Optional.empty();

    ArrivalDeeds(Hands hands) {
        this.hands = hands;
        this.stranger = hands.key("stranger");
        this.bob = hands.key("bob");
        this.notebookOnly = hands.key("notebook-only");
        this.noForwards = hands.key("no-forwards");
    }

    KeyFile notebookOnly() {
        return notebookOnly;
    }

    KeyFile noForwards() {
        return noForwards;
    }

    List<Deed> logins() {
        return List.of(
                Deed.of(
                        "a login, a verb, and the session's end",
                        () -> hands.ssh().run("keyhole", "me").orFail(),
                        trace("login", "user.name", Hands.ADA, "event.outcome", "success"),
                        trace("verb-run", "keyhole.verb", "me"),
                        trace("session-ended", "user.name", Hands.ADA)),
                Deed.of(
                        "a key that nobody knows",
                        () -> Hands.fails(hands.ssh().withKey(stranger)),
                        trace(
                                "login-refused",
                                "event.reason",
                                "AUTH_FAILED",
                                "keyhole.login",
                                Hands.ADA)),
                Deed.of(
                        "seven keys that nobody knows",
                        this::sevenKeys,
                        trace("login-refused", "event.reason", "TOO_MANY_TRIES")),
                Deed.of(
                        "a member is added",
                        () -> hands.run("principal", "add", "bob", "--key", Hands.file(bob)),
                        Hands.acted("principal add", "bob")),
                Deed.of(
                        "a known key under a name that nobody has",
                        () -> Hands.fails(hands.ssh().as("mallory")),
                        trace(
                                "login-refused",
                                "event.reason",
                                "AUTH_FAILED",
                                "keyhole.login",
                                "mallory")));
    }

    List<Deed> people() {
        return List.of(
                Deed.of(
                        "a member is locked",
                        () -> hands.run("principal", "lock", "bob", "--reason", "away"),
                        Hands.acted("principal lock", "bob")),
                Deed.of(
                        "who is locked comes",
                        () -> Hands.fails(hands.ssh().withKey(bob).as("bob")),
                        trace(
                                "login-refused",
                                "event.reason",
                                "PRINCIPAL_LOCKED",
                                "user.name",
                                "bob")),
                Deed.of(
                        "a member is unlocked",
                        () -> hands.run("principal", "unlock", "bob"),
                        Hands.acted("principal unlock", "bob")),
                Deed.of(
                        "a member is added twice, which changes nothing and is nothing",
                        () ->
                                assertThat(hands.keyhole("principal", "add", "bob").exit())
                                        .isEqualTo(3)),
                Deed.of(
                        "a key is added that may reach the notebook only",
                        () ->
                                hands.run(
                                        "key",
                                        "add",
                                        Hands.ADA,
                                        "--services",
                                        "jupyter",
                                        Hands.file(notebookOnly)),
                        Hands.acted("key add", Hands.ADA)),
                Deed.of(
                        "a key is added that forwards nothing",
                        () -> hands.run("key", "add", Hands.ADA, forbidding()),
                        Hands.acted("key add", Hands.ADA)));
    }

    List<Deed> sessions() {
        return List.of(
                Deed.of(
                                "one session only, and it is open",
                                () -> {
                                    hands.run(
                                            "principal", "set", Hands.ADA, "--limit", "sessions=1");
                                    held = Optional.of(hands.ssh().tunnel("localhost", 8888));
                                },
                                Hands.acted("principal set", Hands.ADA),
                                trace("login", "user.name", Hands.ADA),
                                // Whether its port accepts is tried once.
                                trace("forward-opened", "service.name", "jupyter"),
                                trace("forward-closed", "source.bytes", "0"))
                        .staying(),
                Deed.of(
                                "one session more",
                                () -> Hands.fails(hands.ssh()),
                                trace(
                                        "login-refused",
                                        "event.reason",
                                        "SESSION_LIMIT",
                                        "user.name",
                                        Hands.ADA))
                        .staying(),
                Deed.of(
                        "an operator closes the session",
                        this::closeHeld,
                        Hands.acted("session close", Hands.ADA),
                        trace("session-ended", "event.reason", "SESSION_CLOSED…")));
    }

    private void closeHeld() {
        String id =
                JsonParser.parseString(hands.keyhole("session", "list", "--json").orFail().stdout())
                        .getAsJsonObject()
                        .getAsJsonArray("sessions")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
        hands.run("session", "close", id, "--reason", "tests");
        Awaitility.await("the session's end").until(() -> !held.orElseThrow().isOpen());
        end();
    }

    private void sevenKeys() {
        Ssh ssh = hands.ssh().withKey(stranger);
        for (int i = 0; i < 7; i++) {
            ssh = ssh.with("-i", hands.key("stranger" + i).file().toString());
        }
        Hands.fails(ssh);
    }

    private String forbidding() {
        try {
            Path file = hands.door().setup().place().resolve("forbidding.pub");
            return Files.writeString(file, "no-port-forwarding " + noForwards.line() + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what the script left, should it have stopped half way. */
    void end() {
        held.ifPresent(Tunnel::close);
    }
}
