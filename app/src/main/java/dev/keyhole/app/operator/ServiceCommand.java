package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole service}: what else principals may reach. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ServiceAddCommand.class,
            ServiceListCommand.class,
            ServiceGrantCommand.class,
            ServiceWithdrawCommand.class,
            ServiceRemoveCommand.class
        },
        description = "The shared services of a running door.")
public final class ServiceCommand extends Group {}
