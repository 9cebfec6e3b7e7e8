package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole ban add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Refuses new connections of a network; who is logged in stays.")
final class BanAddCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(
            paramLabel = "ADDRESS[/N]",
            description = "An address or a range; an IPv6 address stands for its /64.")
    private String network = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long, such as 2h or 30d. Default: until it is removed.")
    private @Nullable String length;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; whoever is refused reads it.")
    private @Nullable String reason;

    @Option(
            names = "--force",
            description = "Also when that is your own address, or meets ban.exempt.")
    private boolean force;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("ban add")
                        .with("network", network)
                        .with("for", length)
                        .with("reason", reason)
                        .with("from", ownAddress())
                        .with("force", force ? true : null));
    }

    /** Where the operator's own ssh session comes from, as sshd(8) tells it. */
    private static @Nullable String ownAddress() {
        String connection = System.getenv("SSH_CONNECTION");
        return connection == null ? null : connection.split(" ", 2)[0];
    }
}
