package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole ban remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lifts a ban or a penalty, and forgives what it was for.")
final class BanRemoveCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(
            paramLabel = "ADDRESS[/N]|INCIDENT",
            description = "As `keyhole ban list` shows it.")
    private String subject = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("ban remove").with("subject", subject));
    }
}
