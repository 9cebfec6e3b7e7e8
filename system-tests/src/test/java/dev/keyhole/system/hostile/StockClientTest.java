package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of stock ssh that would open more than a forward to an own service. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class StockClientTest {
    // F6
    @ParameterizedTest
    @ValueSource(strings = {"0:localhost:22", "/run/keyhole-test.sock:localhost:22"})
    void remoteForwardsAreRefused(String forward, Door door) {
        Ran ran = door.ssh().with("-N", "-o", "ExitOnForwardFailure=yes", "-R", forward).run();

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
        assertThat(ran.stderr()).contains("remote port forwarding failed");
    }

    // F6
    @Test
    void aForwardToAUnixSocketIsRefused(Door door) {
        int local = Ports.free();
        try (Tunnel tunnel =
                door.ssh().with("-N", "-L", local + ":/var/run/docker.sock").background(local)) {
            Ran got =
                    Ran.of(
                            Duration.ofSeconds(20),
                            "curl",
                            "-sS",
                            tunnel.url("/version").toString());

            assertThat(got.exit()).isNotZero();
            assertThat(tunnel.output()).contains("administratively prohibited");
        }
    }

    // F6
    @Test
    void aSocksProxyReachesOwnServicesOnly(Door door) {
        int local = Ports.free();
        try (Tunnel tunnel = door.ssh().with("-N", "-D", "127.0.0.1:" + local).background(local)) {
            String proxy = "socks5h://127.0.0.1:" + tunnel.localPort();

            Ran own =
                    Ran.of(
                            Duration.ofSeconds(60),
                            "curl",
                            "-sSf",
                            "-x",
                            proxy,
                            "http://jupyter:8888/api");
            assertThat(own.exit()).as(own.toString()).isZero();
            assertThat(
                            Ran.of(
                                            Duration.ofSeconds(20),
                                            "curl",
                                            "-sSf",
                                            "-x",
                                            proxy,
                                            "http://169.254.169.254/")
                                    .exit())
                    .isNotZero();
        }
    }

    // F6
    @Test
    void theDoorIsNoJumpHost(Door door) {
        Ran ran = door.ssh().with("-W", "localhost:22").run();

        assertThat(ran.exit()).isEqualTo(255);
        assertThat(ran.stderr()).contains("administratively prohibited");
    }

    // F6, E26
    @Test
    void aTunDeviceIsRefused(Door door) {
        Ran ran =
                door.ssh()
                        .with(
                                "-o",
                                "Tunnel=point-to-point",
                                "-o",
                                "ExitOnForwardFailure=yes",
                                "-w",
                                "any",
                                "-N")
                        .run();

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
    }

    // E26
    @Test
    void theAgentIsNotForwarded(Door door) {
        int mark = door.audit().size();

        Ran ran =
                withPrefix(
                        List.of("ssh-agent"),
                        door.ssh().with("-A", "-o", "IdentityAgent=SSH_AUTH_SOCK"));

        assertThat(ran.stdout()).as(ran.toString()).contains("jupyter");
        door.audit()
                .await(
                        mark,
                        "the agent",
                        event ->
                                event.text("keyhole.request").equals("auth-agent-req@openssh.com"));
    }

    // E26
    @Test
    void theDisplayIsNotForwarded(Door door) {
        int mark = door.audit().size();

        Ran ran = withPrefix(List.of("env", "DISPLAY=localhost:0"), door.ssh().with("-Y"));

        assertThat(ran.stdout()).as(ran.toString()).contains("jupyter");
        door.audit().await(mark, "X11", event -> event.text("keyhole.request").equals("x11-req"));
    }

    private static Ran withPrefix(List<String> prefix, Ssh ssh) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(ssh.command("keyhole", "services"));
        return Ran.of(Duration.ofSeconds(30), command).orFail();
    }

    // E27
    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "keyholes",
                "/bin/sh",
                "keyhole;id",
                "sh -c id",
                "scp -t /tmp",
                "internal-sftp",
                ""
            })
    void noCommandRunsButOurVerbs(String command, Door door) {
        Ran ran = command.isEmpty() ? door.ssh().with("-s").run("sftp") : door.ssh().run(command);

        assertThat(ran.exit()).as(ran.toString()).isNotZero();
        assertThat(ran.all()).doesNotContain("uid=");
    }

    // E27
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyhole $(touch MARK)",
                "keyhole services; touch MARK",
                "keyhole services `touch MARK`",
                "keyhole logs ../../../etc/passwd",
                "keyhole services\ntouch MARK",
                "keyhole --home /tmp services"
            })
    void wordsOfAVerbAreWordsAndNothingMore(String command, Door door) {
        Path mark = door.setup().place().resolve("mark");

        Ran ran = door.ssh().run(command.replace("MARK", mark.toString()));

        assertThat(ran.exit()).as(ran.toString()).isNotZero();
        assertThat(ran.all()).doesNotContain("root:x:0");
        assertThat(Files.exists(mark)).isFalse();
    }

    // E27
    @Test
    void aShellRequestShowsThePageAndRunsNothing(Door door) {
        Ran page = Ran.of(Duration.ofSeconds(20), shellWithInput(door));

        assertThat(page.all()).contains("jupyter").doesNotContain("uid=");
    }

    private static List<String> shellWithInput(Door door) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                "(echo id; sleep 2; printf '\\003') | timeout 5 \"$@\"; true",
                                "sh"));
        command.addAll(door.ssh().with("-tt").command());
        return command;
    }
}
