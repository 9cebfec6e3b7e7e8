package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole workspace start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a principal's notebook and waits until it answers.")
final class WorkspaceStartCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("workspace start").with("name", name));
    }
}
