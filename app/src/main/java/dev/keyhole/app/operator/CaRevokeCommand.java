package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole ca revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Refuses one certificate of an authority, and ends sessions with it.")
final class CaRevokeCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The authority.")
    private String name = "";

    @Option(
            names = "--serial",
            paramLabel = "N",
            description = "The certificate's serial, as `ssh-keygen -L` shows it.")
    private @Nullable String serial;

    @Option(names = "--key-id", paramLabel = "ID", description = "Or its key id.")
    private @Nullable String keyId;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("ca revoke")
                        .with("name", name)
                        .with("serial", serial)
                        .with("keyId", keyId)
                        .with("reason", reason));
    }
}
