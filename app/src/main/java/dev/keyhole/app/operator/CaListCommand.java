package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole ca list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lists the authorities whose certificates are accepted, and what they revoked.")
final class CaListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("ca list"));
    }
}
