package dev.keyhole.app.image;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

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
public final class ImageCommand extends Group {}
