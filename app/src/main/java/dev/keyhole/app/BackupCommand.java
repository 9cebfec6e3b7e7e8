package dev.keyhole.app;

import dev.keyhole.gateway.boot.Backup;
import dev.keyhole.gateway.boot.CannotStart;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Saves everybody and everything that operators decided in one file.")
final class BackupCommand implements Callable<Integer> {
    @Mixin private HomeOrConfigOption where = new HomeOrConfigOption();

    @Parameters(paramLabel = "FILE", description = "Where to; it must not exist.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CannotStart {
        return new Backup(where.layout(), Terminal.progress()).run(file).number();
    }
}
