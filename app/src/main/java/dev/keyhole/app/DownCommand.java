package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.Down;
import dev.keyhole.gateway.boot.ThisMachine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyhole down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Closes the door that `up` or `serve` opened, and stops what runs behind it.")
final class DownCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Option(names = "--keep", description = "Only close the door; let notebooks run on.")
    private boolean keep;

    @Override
    public Integer call() throws CannotStart {
        return new Down(home.layout(), keep, new ThisMachine(), Terminal.progress()).run().number();
    }
}
