package dev.keyhole.app.image;

import dev.keyhole.app.Whereabouts;
import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.RegistryLookup;
import dev.keyhole.image.build.ImageBuild;
import dev.keyhole.image.freshness.ImageUpdate;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyhole image update}. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds an image again on what its base is by now, says what is different, pushes it, and offers it to "
                    + "the workspaces of a door at their next start.",
            "The former image stays in the registry under its digest; `keyhole image rollback` goes back to it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keyhole image update --to registry.example.org/lab/tf:1",
            "  keyhole image update --from tensorflow/tensorflow:2.9.3-jupyter --to registry.example.org/lab/tf:1",
            "",
            "Exit status: 0 done, also when nothing was different; 1 failed, 2 usage, 3 login refused, 4 unreachable."
        })
@SuppressWarnings("UnusedVariable") // --home and --config are read through the parser
final class ImageUpdateCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            paramLabel = "BASE",
            description = "The base. Default: the one that the image was built on.")
    private @Nullable String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "HOST/REPOSITORY:TAG",
            description = "The image.")
    private String to = "";

    @Mixin private BuildOptions options = new BuildOptions();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The home of the door whose workspaces get it. Default: the usual one.")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config of the door, in place of --home.")
    private @Nullable Path config;

    @Option(names = "--no-offer", description = "Only build and push; no door is told.")
    private boolean noOffer;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageFailure, CannotStart {
        var command = Objects.requireNonNull(spec);
        var offer = noOffer ? Offer.none() : Offer.to(Whereabouts.of(command), isNamed());
        var progress = new BuildOptions.Progress();
        try {
            var kit = options.kit(progress);
            var update =
                    new ImageUpdate(
                            new RegistryLookup(kit.access()),
                            new BaseReader(kit.access()),
                            new ImageBuild(kit, progress));
            var updated = update.update(Optional.ofNullable(from), to, options.architecture());
            var offered = offer.make(updated.image(), updated.former());
            progress.done();
            var out = command.commandLine().getOut();
            if (json) {
                out.println(Json.write(UpdateText.document(updated, offered)));
            } else {
                UpdateText.lines(updated, offered).forEach(out::println);
            }
            out.flush();
            return ExitStatus.DONE.number();
        } finally {
            progress.done();
        }
    }

    private boolean isNamed() {
        return home != null || config != null;
    }
}
