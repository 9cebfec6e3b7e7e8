package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.Restore;
import dev.keyhole.gateway.boot.ThisMachine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Puts a backup in the place of what operators decided since, while no door is open.")
final class RestoreCommand implements Callable<Integer> {
    @Mixin private HomeOrConfigOption where = new HomeOrConfigOption();

    @Parameters(paramLabel = "FILE", description = "What `keyhole backup` wrote.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CannotStart {
        return new Restore(
                        where.layout(), new ThisMachine(), Terminal.progress(), Clock.systemUTC())
                .run(file)
                .number();
    }
}
