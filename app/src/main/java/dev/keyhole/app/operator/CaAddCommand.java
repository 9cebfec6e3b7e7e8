package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyhole ca add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Accepts user certificates of an authority.")
final class CaAddCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "Your name for it.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Its public key; - is standard input.")
    private String file = "";

    @Override
    public Integer call() throws CannotStart {
        Given given = Given.read(file, door.verb());
        return door.ask(
                new Request("ca add")
                        .with("name", name)
                        .with("file", given.name())
                        .with("text", given.text()));
    }
}
