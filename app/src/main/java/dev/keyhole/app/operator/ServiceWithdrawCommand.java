package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole service withdraw}. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets principals reach a shared service no longer.")
final class ServiceWithdrawCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PRINCIPAL", description = "Who.")
    private List<String> principals = new ArrayList<>();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("service withdraw").with("name", name).with("principals", principals));
    }
}
