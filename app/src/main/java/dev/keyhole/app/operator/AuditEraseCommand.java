package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole audit erase}. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Erases a former principal from the audit: its name, addresses, keys and words.",
            "The events stay under a pseudonym, and `keyhole audit verify` still holds. It cannot be undone."
        })
final class AuditEraseCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "Who was a principal and is none any more.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws CannotStart {
        Confirmation.require(yes, "Erase " + name + " from the audit for ever?", door);
        return door.ask(new Request("audit erase").with("name", name));
    }
}
