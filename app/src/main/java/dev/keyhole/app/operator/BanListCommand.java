package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole ban list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists who is refused now, why, and until when.")
final class BanListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("ban list"));
    }
}
