package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole ban}: who is kept out. */
@Command(
        name = "ban",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            BanListCommand.class,
            BanWhyCommand.class,
            BanAddCommand.class,
            BanRemoveCommand.class
        },
        description = "Who may not connect: what the door punishes, and what operators decide.")
public final class BanCommand extends Group {}
