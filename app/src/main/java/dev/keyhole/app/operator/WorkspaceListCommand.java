package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole workspace list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists what everybody's notebook does now.")
final class WorkspaceListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("workspace list"));
    }
}
