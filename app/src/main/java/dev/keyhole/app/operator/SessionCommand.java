package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole session}: who is here now. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            SessionListCommand.class,
            SessionShowCommand.class,
            SessionCloseCommand.class
        },
        description = "The sessions of a running door.")
public final class SessionCommand extends Group {}
