package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole key list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the keys of a principal, or of all.")
final class KeyListCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The principal. Default: all.")
    private @Nullable String name;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("key list").with("name", name));
    }
}
