package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole service list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the shared services and who may reach them.")
final class ServiceListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("service list"));
    }
}
