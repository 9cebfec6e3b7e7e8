package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole workspace logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows what a service of a principal wrote; the principal can see that you looked.")
final class WorkspaceLogsCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Default: jupyter.")
    private @Nullable String service;

    @Option(names = "-n", paramLabel = "LINES", description = "How many of the last. Default: 50.")
    private @Nullable Integer lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what it writes from now on, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("workspace logs")
                        .with("name", name)
                        .with("service", service)
                        .with("lines", lines)
                        .with("follow", follow));
    }
}
