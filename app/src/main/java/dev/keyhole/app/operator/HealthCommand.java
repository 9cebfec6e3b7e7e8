package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole health}. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Checks whether a running door can do its work; exit status 7 when it cannot.")
public final class HealthCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("health"));
    }
}
