package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole session list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists who is logged in now.")
final class SessionListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("session list"));
    }
}
