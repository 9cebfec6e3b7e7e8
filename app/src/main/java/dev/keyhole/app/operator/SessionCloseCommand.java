package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole session close}. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ends one session; its notebook goes on.")
final class SessionCloseCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "ID", description = "As `keyhole session list` shows it.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the person reads it.")
    private @Nullable String reason;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("session close").with("id", id).with("reason", reason));
    }
}
