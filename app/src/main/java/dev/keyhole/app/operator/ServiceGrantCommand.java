package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole service grant}. */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets principals reach a shared service.")
final class ServiceGrantCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PRINCIPAL", description = "Who.")
    private List<String> principals = new ArrayList<>();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("service grant").with("name", name).with("principals", principals));
    }
}
