package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole key remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes a key away and ends the sessions that it opened.")
final class KeyRemoveCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FINGERPRINT",
            description = "SHA256:..., as `keyhole key list` shows it.")
    private @Nullable String fingerprint;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "The one key with this comment, in place of the fingerprint.")
    private @Nullable String comment;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("key remove")
                        .with("fingerprint", fingerprint)
                        .with("comment", comment));
    }
}
