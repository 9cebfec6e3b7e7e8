package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyhole audit search}. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds events by who, from where, with what, and when; the newest ones.")
final class AuditSearchCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Mixin private AuditFilter filter = new AuditFilter();

    @Option(
            names = "--limit",
            paramLabel = "EVENTS",
            description = "How many at most. Default: 100.")
    private @Nullable Integer limit;

    @Override
    public Integer call() throws CannotStart {
        return door.ask(filter.in(new Request("audit search")).with("limit", limit));
    }
}
