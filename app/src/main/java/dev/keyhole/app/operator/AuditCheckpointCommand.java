package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyhole audit checkpoint}. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Signs where the audit ends now, and prints the signed note.",
            "Keep it where nobody of this machine can change it; `keyhole audit verify --checkpoint FILE` compares."
        })
final class AuditCheckpointCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("audit checkpoint"));
    }
}
