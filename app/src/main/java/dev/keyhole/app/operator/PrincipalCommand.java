package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole principal}: who may log in. */
@Command(
        name = "principal",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            PrincipalAddCommand.class,
            PrincipalListCommand.class,
            PrincipalShowCommand.class,
            PrincipalSetCommand.class,
            PrincipalLockCommand.class,
            PrincipalUnlockCommand.class,
            PrincipalRemoveCommand.class,
            PrincipalImportCommand.class
        },
        description = "Who may log in at a running door.")
public final class PrincipalCommand extends Group {}
