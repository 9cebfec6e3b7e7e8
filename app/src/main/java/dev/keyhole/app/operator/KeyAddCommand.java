package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole key add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lets a principal in with one more key, or with all of an authorized_keys file.")
final class KeyAddCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A .pub or authorized_keys file; - is standard input.")
    private String file = "";

    @Option(
            names = "--from",
            paramLabel = "PATTERNS",
            description = "Only from these addresses, such as 10.0.0.0/8,!10.0.0.9.")
    private @Nullable String from;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "Only until then: 30d, 2027-01-31 or 2027-01-31T18:00.")
    private @Nullable String expires;

    @Option(
            names = "--services",
            paramLabel = "NAME",
            split = ",",
            description = "Only for these services, with commas.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "In place of the comment in the file.")
    private @Nullable String comment;

    @Override
    public Integer call() throws CannotStart {
        Given given = Given.read(file, door.verb());
        return door.ask(
                new Request("key add")
                        .with("name", name)
                        .with("file", given.name())
                        .with("text", given.text())
                        .with("from", from)
                        .with("expires", expires)
                        .with("services", services)
                        .with("comment", comment));
    }
}
