package dev.keyhole.app.image;

import dev.keyhole.app.Whereabouts;
import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.workspace.OfferedImage;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyhole image rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Offers workspaces the image before the current one again.",
            "Who is at work stays on the image that runs; the next start takes it. Once more goes forward again."
        })
@SuppressWarnings("UnusedVariable") // --home and --config are read through the parser
final class ImageRollbackCommand implements Callable<Integer> {
    @Option(names = "--home", paramLabel = "DIR", description = "The home of the door.")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config of the door, in place of --home.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotStart {
        var command = Objects.requireNonNull(spec);
        var out = command.commandLine().getOut();
        var file = Whereabouts.of(command).offeredImage();
        try {
            var offered = OfferedImage.read(file);
            if (offered.isEmpty()) {
                throw new CannotStart(
                        ExitStatus.FAILED,
                        "No image was offered by `keyhole image update` on this home ("
                                + file
                                + " is not there). Name the door's home by --home DIR.");
            }
            var back = offered.get().rolledBack();
            if (back.isEmpty()) {
                throw new CannotStart(
                        ExitStatus.FAILED,
                        "There is no image before "
                                + offered.get().current()
                                + " to go back to. `keyhole image update` offers another one.");
            }
            back.get().write(file);
            if (json) {
                out.println(Json.write(back.get()));
            } else {
                out.println("Workspaces get " + back.get().current() + " at their next start.");
                out.println("Before it was " + offered.get().current() + ".");
            }
            out.flush();
            return ExitStatus.DONE.number();
        } catch (IOException failed) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The offer cannot be changed: "
                            + failed.getMessage()
                            + ". Run this as the door's owner.",
                    failed);
        }
    }
}
