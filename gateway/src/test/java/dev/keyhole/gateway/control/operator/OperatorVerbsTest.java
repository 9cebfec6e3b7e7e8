package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.PublicKeys;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorVerbsTest {
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final String KEY = PublicKeys.line("ed25519");

    private final Registry registry = new Registry();

    @Test
    void somebodyNewIsWrittenDownThenPreparedThenKnown() {
        Answer added = registry.run("principal add", "name", "bob", "keys", keys());

        assertThat(added.status()).isEqualTo(ExitStatus.DONE);
        assertThat(registry.prepared).containsExactly("bob");
        assertThat(registry.now().keysOf(BOB)).hasSize(1);
        assertThat(registry.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AuditEvent.OperatorActed.class,
                        event -> {
                            assertThat(event.act().login()).isEqualTo("root");
                            assertThat(event.act().verb()).isEqualTo("principal add");
                            assertThat(event.act().principal()).contains(BOB);
                        });
    }

    @Test
    void theSecondPrincipalIsToldThatLoginNamesCountNow() {
        assertThat(registry.run("principal add", "name", "ada").text())
                .doesNotContain("several principals");
        assertThat(registry.run("principal add", "name", "bob").text())
                .contains("several principals");
        assertThat(registry.run("principal add", "name", "eve").text())
                .doesNotContain("several principals");
    }

    @Test
    void whatCannotBeAuditedIsNotDone() {
        registry.auditFails = true;

        Answer refused = registry.run("principal add", "name", "bob");

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).startsWith("AUDIT_UNAVAILABLE: ");
        assertThat(registry.prepared).isEmpty();
        assertThat(registry.now().principals()).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsNotInForce() {
        registry.storeFails = true;

        Answer failed = registry.run("principal add", "name", "bob");

        assertThat(failed.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(failed.text()).startsWith("STORE_UNAVAILABLE: The disk is full.");
        assertThat(registry.now().principals()).isEmpty();
        assertThat(registry.events).last().isInstanceOf(AuditEvent.OperatorRefused.class);
    }

    @Test
    void whoseEnvironmentCannotBeMadeIsNotAddedHalf() {
        registry.prepareFails = Optional.of("There is no python3.");

        Answer failed = registry.run("principal add", "name", "bob", "keys", keys());

        assertThat(failed.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(failed.text()).contains("no python3", "bob was not added", "again");
        assertThat(registry.now().principals()).isEmpty();
        assertThat(registry.now().keyCount()).isZero();
    }

    @Test
    void withoutOsUsersOfTheirOwnNobodyIsAdded() {
        registry.separate = false;

        Answer refused = registry.run("principal add", "name", "bob");

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).startsWith("SHARED_OS_USER: ").contains("sudo");
        assertThat(registry.events).as("nothing was about to be done").isEmpty();
    }

    @Test
    void everyMistakeIsToldAtOnceAndNothingIsDone() {
        Answer refused =
                registry.run(
                        "principal add",
                        "name",
                        "../bob",
                        "role",
                        "boss",
                        "expires",
                        "2020-01-01",
                        "limits",
                        List.of("memory=8", "mem=1", "x"),
                        "keys",
                        List.of(Registry.key(PublicKeys.line("rsa-b2048"))));

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text())
                .startsWith("INPUT_INVALID: ")
                .contains("NAME: ", "--role: ", "--expires: ", "memory", "mem", "test.pub:1: ");
        assertThat(Json.write(refused.document())).contains("\"problems\":[");
        assertThat(registry.events).isEmpty();
    }

    @Test
    void onlyWeakKeysAreARefusalOfThoseKeys() {
        Answer refused =
                registry.run(
                        "principal add",
                        "name",
                        "bob",
                        "keys",
                        List.of(Registry.key(PublicKeys.line("rsa-b2048"))));

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).startsWith("KEY_UNUSABLE: ").contains("2048");
    }

    @Test
    void aKeyNamesOnePrincipal() {
        registry.run("principal add", "name", "ada", "keys", keys());

        Answer refused = registry.run("principal add", "name", "bob", "keys", keys());

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).contains("belongs to ada");
        assertThat(registry.now().principal(BOB)).isEmpty();
    }

    @Test
    void aLockHasAReasonAndAnUnlockEndsIt() {
        registry.run("principal add", "name", "bob");

        assertThat(registry.run("principal lock", "name", "bob").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(registry.run("principal lock", "name", "bob", "reason", "left\u001b[2J").text())
                .contains("--reason");
        assertThat(registry.run("principal lock", "name", "bob", "reason", "left").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(registry.now().principal(BOB).orElseThrow().lock().orElseThrow().reason())
                .isEqualTo("left");
        assertThat(registry.run("principal list").text()).contains("locked");
        registry.run("principal unlock", "name", "bob");
        assertThat(registry.now().principal(BOB).orElseThrow().lock()).isEmpty();
        assertThat(registry.run("principal unlock", "name", "bob").status())
                .isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void settingOneThingLeavesTheOthers() {
        registry.run("principal add", "name", "bob", "limits", List.of("memory=8GiB", "pids=100"));

        Answer changed =
                registry.run(
                        "principal set",
                        "name",
                        "bob",
                        "shell",
                        true,
                        "limits",
                        List.of("pids=default"));

        assertThat(changed.status()).isEqualTo(ExitStatus.DONE);
        var bob = registry.now().principal(BOB).orElseThrow();
        assertThat(bob.shell()).isTrue();
        assertThat(bob.limits().pids()).isEmpty();
        assertThat(bob.limits().memoryBytes()).hasValue(8L << 30);
        assertThat(registry.limited).containsEntry("bob", bob.limits());
        assertThat(registry.run("principal set", "name", "bob").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void aKeyIsLimitedByWhatTheOperatorAdds() {
        registry.run("principal add", "name", "bob");

        Answer added =
                registry.run(
                        "key add",
                        "name",
                        "bob",
                        "text",
                        KEY,
                        "from",
                        "10.0.0.0/8",
                        "expires",
                        "30d",
                        "services",
                        List.of("jupyter"),
                        "comment",
                        "the laptop");

        assertThat(added.status()).as(added.text()).isEqualTo(ExitStatus.DONE);
        var key = registry.now().keysOf(BOB).getFirst();
        assertThat(key.line())
                .startsWith("from=\"10.0.0.0/8\",expiry-time=\"20261223120000Z\" ssh-ed25519 ")
                .endsWith(" the laptop");
        assertThat(key.key().expiry()).isPresent();
        assertThat(key.services().orElseThrow()).hasSize(1);
        assertThat(registry.run("key remove", "comment", "the laptop").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(registry.now().keyCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1\",no-touch-required,from=\"*", "example.org", "10.0.0.1 ", ""})
    void fromCannotBecomeAnythingElse(String from) {
        registry.run("principal add", "name", "bob");

        Answer refused = registry.run("key add", "name", "bob", "text", KEY, "from", from);

        assertThat(refused.status()).isNotEqualTo(ExitStatus.DONE);
        assertThat(registry.now().keyCount()).isZero();
    }

    @Test
    void anAuthorizedKeysFileIsTakenWholeOrNotAtAll() {
        registry.run("principal add", "name", "bob");
        String good = "# mine\n\nfrom=\"10.0.0.0/8\" " + KEY + "\n" + PublicKeys.line("ecdsa-b256");

        Answer refused =
                registry.run(
                        "key add",
                        "name",
                        "bob",
                        "file",
                        "ak",
                        "text",
                        "command=\"id\" " + good.substring(8));
        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(registry.now().keyCount()).isZero();

        assertThat(registry.run("key add", "name", "bob", "file", "ak", "text", good).status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(registry.now().keyCount()).isEqualTo(2);
    }

    @Test
    void whatNobodyAsksForIsAMistake() {
        Answer refused = registry.run("principal add", "name", "bob", "rolle", "admin");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text()).contains("'rolle'", "'role'");
        assertThat(registry.now().principals()).isEmpty();
        assertThat(registry.run("principal ad", "name", "bob").text()).contains("principal add");
        assertThat(registry.run("principal add", "name", 7L).status()).isEqualTo(ExitStatus.USAGE);
    }

    private static List<?> keys() {
        return List.of(Registry.key(KEY));
    }
}
