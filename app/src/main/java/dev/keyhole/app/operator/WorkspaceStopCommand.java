package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole workspace stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Stops a principal's notebook, kernels included.")
final class WorkspaceStopCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("workspace stop").with("name", name));
    }
}
