package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.DoorProcess;
import dev.keyhole.gateway.boot.ThisMachine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyhole door}: the door's own process; {@code up} and {@code serve} start it, nobody else. */
@Command(name = "door", hidden = true, description = "The door's process; started by up and serve.")
final class DoorCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Made by up.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws CannotStart {
        return DoorProcess.run(config, new ThisMachine(), System.in, System.out).number();
    }
}
