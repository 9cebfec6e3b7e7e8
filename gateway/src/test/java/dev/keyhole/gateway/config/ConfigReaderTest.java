package dev.keyhole.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String ADA = "principals: {ada: {keys: [ssh-ed25519 AAAA ada@laptop]}}\n";

    @Test
    void everythingButPrincipalsHasADefault() {
        Config config = valid(ADA).config();

        assertThat(config.listen()).hasToString("0.0.0.0:2222");
        assertThat(config.home()).isEqualTo(Path.of("/var/lib/keyhole"));
        assertThat(config.launcher()).isEqualTo(LauncherKind.PROCESS);
        assertThat(config.services().ports())
                .isEqualTo(Map.of(ServiceName.JUPYTER, 8888, ServiceName.TENSORBOARD, 6006));
        assertThat(config.services().ownLoopback()).isFalse();
        assertThat(config.workspace().idleAfter()).isEmpty();
        assertThat(config.rsaMin()).isEqualTo(3072);
        assertThat(valid(ADA).notices()).isEmpty();
    }

    @Test
    void everyKeyOfTheDesignIsRead() {
        Config config =
                valid(
                                """
                                listen: "[::]:2200"
                                home: /srv/keyhole
                                launcher: process
                                services:
                                  jupyter:     {port: 9999}
                                  tensorboard: {port: 7007, logdir: runs}
                                  own-loopback: allow
                                workspace: {memory: 16GiB, cpus: 4, idle-after: 2h, most: 20, keep-most: 1d}
                                limits: {sessions: 3, forwards: 40, bytes-per-second: 10MiB}
                                ban: {exempt: [10.0.0.0/8, "2001:db8::1"]}
                                audit: {retain: 365d, syslog: "tls://logs.example:6514"}
                                rsa-min: 4096
                                principals:
                                  ada:
                                    keys: [ssh-ed25519 AAAA]
                                    key-files: [ada.pub, /etc/keyhole/ada.pub]
                                """)
                        .config();

        assertThat(config.listen()).isEqualTo(ListenAddress.of("::", 2200));
        assertThat(config.services().tensorboardLogdir()).contains(Path.of("runs"));
        assertThat(config.services().ownLoopback()).isTrue();
        assertThat(config.workspace().memory()).contains(new ByteSize(16L << 30));
        assertThat(config.workspace().idleAfter()).contains(TimeSpan.parse("120m"));
        assertThat(config.workspace().most()).contains(20);
        assertThat(config.workspace().keepMost()).isEqualTo(TimeSpan.parse("24h"));
        assertThat(config.limits())
                .isEqualTo(new Config.Limits(3, 40, Optional.of(new ByteSize(10L << 20))));
        assertThat(config.ban().exempt()).hasSize(2);
        assertThat(config.audit().syslog()).isPresent();
        assertThat(config.rsaMin()).isEqualTo(4096);
        assertThat(config.principals().firstEntry().getValue().files())
                .extracting(Located::value)
                .containsExactly(Path.of("/conf/ada.pub"), Path.of("/etc/keyhole/ada.pub"));
    }

    @Test
    void allProblemsAreReportedAtOnceInTheOrderOfTheirLines() {
        assertThat(
                        problems(
                                """
                                listen: 2222
                                hom: /srv
                                services:
                                  jupyter: {port: 0}
                                  tensorbord: {port: 6006}
                                workspace:
                                  idle_after: 2h
                                  memory: 16GB
                                principals:
                                  Ada: {keys: [x]}
                                  bob: {}
                                """))
                .extracting(Problem::line)
                .containsExactly(1, 2, 4, 5, 7, 8, 10, 11);
    }

    @ParameterizedTest
    @CsvSource({
        "lisen: 1, listen",
        "rsa_min: 3072, rsa-min",
        "'services: {own_loopback: deny}', services.own-loopback",
        "'services: {jupiter: {port: 1}}', services.jupyter",
        "memory: 1GiB, workspace.memory"
    })
    void anUnknownKeyIsAnErrorThatNamesTheNearestKnownOne(String line, String meant) {
        assertThat(problems(line + "\n" + ADA))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.text())
                                .startsWith("unknown key")
                                .endsWith("did you mean `" + meant + "`?"));
    }

    @Test
    void anUnknownKeyWithoutNeighbourListsWhatIsKnownThere() {
        assertThat(problems("services: {ftp: {port: 21}}\n" + ADA).getFirst().text())
                .contains("known here: jupyter, tensorboard, own-loopback");
    }

    @Test
    void aKeyThatIsGivenTwiceIsAnErrorWithBothLines() {
        assertThat(problems("rsa-min: 3072\nrsa-min: 2048\n" + ADA))
                .containsExactly(new Problem(2, "`rsa-min` is given twice, first in line 1"));
    }

    @Test
    void aRetiredKeyIsRememberedWithItsNextMove() {
        var reader =
                new ConfigReader(List.of(new RetiredKey("port", "Write listen: ADDRESS:PORT.")));

        assertThat(
                        ((ConfigReading.Invalid) reader.read("port: 22\n" + ADA, Path.of("/")))
                                .problems())
                .containsExactly(
                        new Problem(1, "`port` is no longer used. Write listen: ADDRESS:PORT."));
    }

    @Test
    void noKeyIsBothKnownAndRetired() {
        List<String> retired = ConfigTable.RETIRED.stream().map(RetiredKey::path).toList();

        assertThat(ConfigTable.KEYS).extracting(Key::path).noneMatch(retired::contains);
    }

    @Test
    void acceptingWeakRsaKeysIsAnsweredByANotice() {
        assertThat(valid("rsa-min: 2048\n" + ADA).notices()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launcher: container",
                "launcher: docker",
                "container: {image: -v}",
                "container: {image: 'a b'}",
                "container: {image: Upper/case}",
                "container: {image: 'x;reboot'}",
                "container: {engine: docker.sock}",
                "container: {network: host}",
                "container: {network: bridge}",
                "container: {volume: x}",
                "launcher: kubernetes",
                "rsa-min: 1024",
                "rsa-min: no",
                "listen: example.com:22",
                "listen: '::1:22'",
                "listen: 0.0.0.0:70000",
                "listen: [a, b]",
                "listen:",
                "home: relative",
                "home: ~/keyhole",
                "services: {own-loopback: yes}",
                "services: {jupyter: {port: 6006}}",
                "services: 8888",
                "workspace: {memory: 16}",
                "workspace: {memory: 0GiB}",
                "workspace: {cpus: 0}",
                "workspace: {idle-after: 2}",
                "ban: {exempt: [10.0.0.1/8]}",
                "ban: {exempt: {a: b}}",
                "ban: {exempt: [[10.0.0.1]]}",
                "audit: {syslog: 'udp://x:1'}",
                "audit: {syslog: 'tls://x'}",
                "audit: {syslog: 'tls://x:70000'}",
                "audit: {syslog: 'tls://me@x:1'}",
                "audit: {syslog: 'tls://x:1/y'}",
                "audit: {syslog: 'tcp://x:1', syslog-ca: /ca.pem}",
                "audit: {syslog: 'tcp://x:1', syslog-name: y}",
                "audit: {syslog: 'tls://x:1', syslog-name: 'y z'}",
                "audit: {syslog: 'tls://x:1', syslog-ca: ca.pem}",
                "audit: {syslog-ca: /ca.pem}",
                "audit: {syslog: 'tcp://x:1', syslog-facility: kern}",
                "audit: {checkpoint-file: notes}",
                "audit: {checkpoint-command: []}",
                "audit: {checkpoint-command: [logger, -t, keyhole]}"
            })
    void aWrongValueIsOneProblemWithItsLine(String line) {
        assertThat(problems("\n" + line + "\n" + ADA))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.text()).doesNotContain("Exception");
                });
    }

    @Test
    void containersNeedAnImageAndTheRestHasADefault() {
        Config config =
                valid("launcher: container\ncontainer: {image: 'registry.test/lab:1'}\n" + ADA)
                        .config();

        assertThat(config.launcher()).isEqualTo(LauncherKind.CONTAINER);
        assertThat(config.containers().image()).contains("registry.test/lab:1");
        assertThat(config.containers().engine()).isEmpty();
        assertThat(config.containers().network()).isEqualTo(ContainerNetwork.OPEN);
    }

    @Test
    void aLauncherOfContainersWithoutAnImageSaysWhereOneComesFrom() {
        assertThat(problems("launcher: container\n" + ADA))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.text())
                                .contains("container.image", "keyhole image build"));
    }

    @Test
    void whatIsSaidOfContainersWithoutThemIsAnsweredByANotice() {
        ConfigReading.Valid reading =
                valid("container: {image: 'registry.test/lab:1', network: none}\n" + ADA);

        assertThat(reading.notices())
                .hasSize(2)
                .allSatisfy(notice -> assertThat(notice.text()).contains("has no effect"));
    }

    @Test
    void aLauncherThatIsNotHereYetNamesThoseThatAre() {
        assertThat(problems("launcher: kubernetes\n" + ADA).getFirst().text())
                .contains("process or container");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "principals:\n", "principals: {}\n"})
    void withoutPrincipalsOnlyWhoIsInTheStoreCanLogIn(String yaml) {
        assertThat(valid(yaml).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("keyhole principal add"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen: [",
                "a: b: c",
                "\tlisten: x",
                "listen: \"unclosed",
                "a: &x [1]\nb: *x",
                "a: &x {b: *x}",
                "--- 1\n--- 2",
                "*nowhere",
                "? [a]\n: b",
                "just words",
                "- a list"
            })
    void whatIsNoConfigAtAllIsAProblemAndNeverAnException(String yaml) {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void aBrokenFileNamesTheLine() {
        assertThat(problems("listen: 0.0.0.0:1\nhome: [a\nrsa-min: 1\n").getFirst().line())
                .isGreaterThan(1);
    }

    private static ConfigReading.Valid valid(String yaml) {
        ConfigReading reading = new ConfigReader().read(yaml, Path.of("/conf"));
        assertThat(reading).isInstanceOf(ConfigReading.Valid.class);
        return (ConfigReading.Valid) reading;
    }

    private static List<Problem> problems(String yaml) {
        ConfigReading reading = new ConfigReader().read(yaml, Path.of("/conf"));
        assertThat(reading).isInstanceOf(ConfigReading.Invalid.class);
        return ((ConfigReading.Invalid) reading).problems();
    }
}
