package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole ban why}. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells how an address stands: refused or not, why, and until when.")
final class BanWhyCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(
            paramLabel = "ADDRESS|INCIDENT",
            description = "An address, or the incident that a refused client was told.")
    private String subject = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("ban why").with("subject", subject));
    }
}
