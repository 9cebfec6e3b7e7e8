package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.Inside;
import dev.keyhole.gateway.boot.Planted;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyhole inside}: what the images of {@code keyhole image build} run; nobody else has a use for it. */
@Command(
        name = "inside",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "The first program of a Keyhole image. It reads KEYHOLE_KEYS, KEYHOLE_AS, KEYHOLE_PORT,",
            "KEYHOLE_ADVERTISE and KEYHOLE_SHELL; or, in a workspace of a gateway, what that has planted."
        })
final class InsideCommand implements Callable<Integer> {
    @Option(names = "--state", paramLabel = "DIR", defaultValue = "/state")
    private Path state = Path.of("");

    @Option(names = "--planted", paramLabel = "DIR", defaultValue = "/keyhole/planted")
    private Path planted = Path.of("");

    @Option(names = "--socket", paramLabel = "FILE", defaultValue = "/keyhole/run/door.sock")
    private Path socket = Path.of("");

    @Override
    public Integer call() throws CannotStart {
        return new Inside(
                        state,
                        new Planted(planted, socket),
                        System.getenv(),
                        System.out,
                        Terminal.progress())
                .run()
                .number();
    }
}
