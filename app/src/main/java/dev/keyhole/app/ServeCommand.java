package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.Serve;
import dev.keyhole.gateway.boot.ThisMachine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyhole serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Keeps the door open as a config file says; for systemd.")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The config; docs/config.md lists its keys.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws CannotStart {
        return new Serve(config, new ThisMachine(), Terminal.progress()).run().number();
    }
}
