package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole service add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Names a service outside of workspaces; its address is resolved now and pinned.")
final class ServiceAddCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "What forwards will ask for.")
    private String name = "";

    @Option(
            names = "--address",
            required = true,
            paramLabel = "ADDRESS",
            description = "HOST:PORT, [IPV6]:PORT or the path of a unix socket.")
    private String address = "";

    @Override
    public Integer call() throws CannotStart {
        return door.ask(new Request("service add").with("name", name).with("address", address));
    }
}
