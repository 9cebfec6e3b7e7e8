package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
    static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUS8E457cC1bcCl9VrQMeb/y/YpCiZPyO0nBMAhGeUZ ada";
    private static final int DOOR = 2222;
    private final ServiceCatalog catalog =
            new ServiceCatalog(Map.of(ServiceName.JUPYTER, 8888, ServiceName.TENSORBOARD, 6006));
    private final Judge judge = judge(true);

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void theThreeSpellingsOfMyWorkspaceReachTheServiceOfTheirPort(String host) {
        assertThat(target(host, 8888)).isEqualTo(new Target.Service(ServiceName.JUPYTER));
        assertThat(target(host, 6006)).isEqualTo(new Target.Service(ServiceName.TENSORBOARD));
    }

    @Test
    void aServicesNameReachesItWithAnyPort() {
        assertThat(target("jupyter", 1)).isEqualTo(new Target.Service(ServiceName.JUPYTER));
        assertThat(target("jupyter", 65535)).isEqualTo(new Target.Service(ServiceName.JUPYTER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCALHOST",
                "",
                "0",
                "0.0.0.0",
                "::",
                "[::1]",
                "::1%lo",
                "127.1",
                "127.0.0.2",
                "2130706433",
                "::ffff:127.0.0.1",
                "169.254.169.254",
                "2852039166",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "100.100.100.200",
                "metadata.google.internal",
                "172.17.0.1",
                "10.96.0.1",
                "node",
                "/var/run/docker.sock",
                "Jupyter",
                "jupyter.",
                "jupyter\u0000",
                "localhost."
            })
    void everyOtherSpellingIsNoService(String host) {
        assertThat(refusal(host, 8888)).isEqualTo(Code.SERVICE_UNKNOWN);
        assertThat(refusal(host, 22)).isEqualTo(Code.SERVICE_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 65536, 4294967295L})
    void aPortThatDoesNotExistIsRefused(long port) {
        assertThat(refusal("localhost", port)).isEqualTo(Code.DESTINATION_INVALID);
        assertThat(refusal("jupyter", port)).isEqualTo(Code.DESTINATION_INVALID);
    }

    @Test
    void anotherLoopbackPortIsGrantedForTheOwnersOwnListenerOnly() {
        assertThat(target("localhost", 9000)).isEqualTo(new Target.OwnLoopback(9000));
        assertThat(refusal("localhost", DOOR)).isEqualTo(Code.NOT_YOUR_LISTENER);
    }

    @Test
    void withoutOwnLoopbackOnlyServicesExist() {
        Judge strict = judge(false);
        assertThat(strict.decide(ada(), "localhost", 9000)).isInstanceOf(Decision.Denial.class);
        assertThat(strict.decide(ada(), "localhost", 8888)).isInstanceOf(Grant.class);
    }

    @Test
    void theRefusalNamesWhatExistsAndEchoesNothingThatHarmsATerminal() {
        Decision decision = judge.decide(ada(), "x\u001b[2J" + "y".repeat(70_000), 80);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Denial.class,
                        denial -> {
                            assertThat(denial.refusal().text())
                                    .contains("jupyter (8888)", "tensorboard (6006)", "x?[2Jyyy");
                            assertThat(denial.refusal().message())
                                    .hasSizeLessThan(400)
                                    .doesNotContain("\u001b");
                        });
    }

    private Target target(String host, long port) {
        return ((Grant) judge.decide(ada(), host, port)).target();
    }

    private Code refusal(String host, long port) {
        return ((Decision.Denial) judge.decide(ada(), host, port)).refusal().code();
    }

    static Authenticated ada() {
        AuthorizedKey key = key();
        Arrival arrival =
                new Arrival(
                        new SessionId("c-1"), new Source(InetAddress.getLoopbackAddress(), 1), 0);
        Roster roster = adaAlone();
        KeyRing ring = new KeyRing(() -> roster, KeyRules.USUAL_RSA_MIN);
        return ((Candidate) ring.offer(arrival, "ada", key.blob())).proven(1);
    }

    private static AuthorizedKey key() {
        return ((KeyLine.Usable) AuthorizedKeysLine.parse(KEY, KeyRules.usual())).key();
    }

    static Roster adaAlone() {
        return alone(Map.of(new PrincipalName("ada"), List.of(key())));
    }

    private Judge judge(boolean ownLoopback) {
        return new Judge(
                catalog,
                ownLoopback,
                port -> port == DOOR,
                JudgeTest::adaAlone,
                who -> Optional.empty());
    }

    private static Roster alone(Map<PrincipalName, List<AuthorizedKey>> keys) {
        try {
            return new ConfiguredRoster(keys, Instant.EPOCH).alone();
        } catch (RosterProblem e) {
            throw new AssertionError(e);
        }
    }
}
