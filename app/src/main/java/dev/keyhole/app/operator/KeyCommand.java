package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole key}: what proves a principal. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {KeyAddCommand.class, KeyListCommand.class, KeyRemoveCommand.class},
        description = "The keys of principals at a running door.")
public final class KeyCommand extends Group {}
