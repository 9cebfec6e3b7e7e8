package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole workspace detach}. */
@Command(
        name = "detach",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets go of a principal's host; nothing is stopped there.")
final class WorkspaceDetachCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("workspace detach").with("name", name));
    }
}
