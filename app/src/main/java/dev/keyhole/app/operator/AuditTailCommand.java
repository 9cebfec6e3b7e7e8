package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyhole audit tail}. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the newest events.")
final class AuditTailCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Option(names = "-n", paramLabel = "EVENTS", description = "How many. Default: 20.")
    private @Nullable Integer events;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with those to come, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("audit tail").with("events", events).with("follow", follow));
    }
}
