package dev.keyhole.app.image;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyhole image}: by itself it says which verbs there are. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ImageBuildCommand.class,
            ImageDockerfileCommand.class,
            ImageCheckCommand.class,
            ImageUpdateCommand.class,
            ImageRollbackCommand.class
        },
        description = "Hardened workspace images, without a daemon.")
@SuppressWarnings("UnusedVariable") // read through the parser
public final class ImageCommand implements Runnable {
    @Option(names = "--home", paramLabel = "DIR", description = "The home of the door.")
    private @Nullable Path home;

    @Option(names = "--config", paramLabel = "FILE", description = "The config of the door.")
    private @Nullable Path config;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec group = Objects.requireNonNull(spec);
        throw new ParameterException(
                group.commandLine(),
                "Which verb? There are: " + String.join(", ", group.subcommands().keySet()) + ".");
    }
}
