package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole workspace}: what everybody's notebook does. */
@Command(
        name = "workspace",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            WorkspaceListCommand.class,
            WorkspaceStartCommand.class,
            WorkspaceStopCommand.class,
            WorkspaceRestartCommand.class,
            WorkspaceLogsCommand.class,
            WorkspaceAttachCommand.class,
            WorkspaceDetachCommand.class
        },
        description = "The notebooks behind a running door.")
public final class WorkspaceCommand extends Group {}
