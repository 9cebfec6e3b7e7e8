package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole audit summary}. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds up: which keys were used from where, or the bytes of everybody.")
final class AuditSummaryCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "OF", description = "keys or bytes.")
    private String of = "";

    @Option(names = "--since", paramLabel = "TIME", description = "From then on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private @Nullable String until;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("audit summary")
                        .with("of", of)
                        .with("since", since)
                        .with("until", until));
    }
}
