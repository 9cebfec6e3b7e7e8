package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SshCommandTest {
    private static final List<Forward> NOTEBOOK =
            List.of(new Forward(8000, Service.parse("jupyter")));

    @Test
    void itEndsWithOptionsOverAndTheDestination() {
        assertThat(command("gpu", List.of(), new HostKeyRule.Ask(), false))
                .startsWith("ssh", "-v", "-n", "-N", "-T")
                .endsWith("-L", "127.0.0.1:8000:jupyter:8888", "-p", "2222", "--", "keyhole@gpu");
    }

    @Test
    void whatATunnelMustNotHaveIsSwitchedOffWhateverTheConfigurationSays() {
        assertThat(
                        command(
                                "gpu",
                                List.of("port 22", "user me", "forwardagent yes"),
                                new HostKeyRule.Ask(),
                                false))
                .contains(
                        "ForwardAgent=no",
                        "ForwardX11=no",
                        "Tunnel=no",
                        "PermitLocalCommand=no",
                        "ControlPath=none",
                        "ExitOnForwardFailure=yes",
                        "PreferredAuthentications=publickey");
    }

    @Test
    void theConfigurationKeepsItsPortAndUser() {
        assertThat(command("gpu", List.of("user ada", "port 2022"), new HostKeyRule.Ask(), false))
                .endsWith("127.0.0.1:8000:jupyter:8888", "--", "gpu");
    }

    @Test
    void whatIsTypedWinsOverTheConfiguration() {
        assertThat(
                        command(
                                "bob@gpu:22",
                                List.of("user ada", "port 2022"),
                                new HostKeyRule.Ask(),
                                false))
                .endsWith("-p", "22", "--", "bob@gpu");
    }

    @Test
    void ipv6LoopbackIsTakenTooWhereThereIsOne() {
        assertThat(command("gpu", List.of(), new HostKeyRule.Ask(), true))
                .containsSequence(
                        "-L", "127.0.0.1:8000:jupyter:8888", "-L", "[::1]:8000:jupyter:8888");
    }

    @Test
    void onlyAnUnknownHostKeyIsAskedAbout() {
        assertThat(command("gpu", List.of(), new HostKeyRule.Ask(), false))
                .contains("StrictHostKeyChecking=ask");
        assertThat(command("gpu", List.of(), new HostKeyRule.Known(List.of()), false))
                .contains("StrictHostKeyChecking=yes");
    }

    @Test
    void aPinnedHostKeyIsTheOnlyOne() {
        assertThat(command("gpu", List.of(), new HostKeyRule.Pinned(Path.of("/tmp/pin")), false))
                .contains(
                        "StrictHostKeyChecking=yes",
                        "UserKnownHostsFile=\"/tmp/pin\"",
                        "GlobalKnownHostsFile=none",
                        "HostKeyAlias=keyhole-pinned");
    }

    @Test
    void knownHostsIsAskedForTheNameThatSshUses() {
        Destination gpu = Destination.parse("gpu");
        assertThat(Route.complete(gpu, List.of("hostname 10.0.0.7"), "me").knownAs())
                .isEqualTo("[10.0.0.7]:2222");
        assertThat(Route.complete(Destination.parse("gpu:22"), List.of(), "me").knownAs())
                .isEqualTo("gpu");
        assertThat(Route.complete(gpu, List.of("hostkeyalias lab"), "me").knownAs())
                .isEqualTo("lab");
    }

    private static List<String> command(
            String destination, List<String> configuration, HostKeyRule rule, boolean ipv6) {
        Route route = Route.complete(Destination.parse(destination), configuration, "me");
        return new SshCommand(route, NOTEBOOK, rule, Optional.empty(), false, ipv6).arguments();
    }
}
