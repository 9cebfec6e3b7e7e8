package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole workspace attach}. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes a host with sshd, and Jupyter on its loopback, a principal's workspace.")
final class WorkspaceAttachCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Option(
            names = "--address",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where its sshd listens; [IPV6]:PORT too.")
    private String address = "";

    @Option(
            names = "--user",
            required = true,
            paramLabel = "USER",
            description = "Whom the door logs in as there.")
    private String user = "";

    @Option(
            names = "--host-key",
            required = true,
            paramLabel = "KEY",
            description =
                    "The host's public key, such as 'ssh-ed25519 AAAA...'; no other is accepted.")
    private String hostKey = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The private key to log in with, without a passphrase; the door keeps a copy. Without it the door makes one and prints the line to enrol.")
    private @Nullable String key;

    @Option(
            names = "--service",
            paramLabel = "NAME=PORT",
            description =
                    "What listens on its loopback, again for each; jupyter=8888 if none is given.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("workspace attach")
                        .with("name", name)
                        .with("address", address)
                        .with("user", user)
                        .with("hostKey", hostKey)
                        .with("key", key == null ? null : Given.read(key, door.verb()).text())
                        .with("services", services));
    }
}
