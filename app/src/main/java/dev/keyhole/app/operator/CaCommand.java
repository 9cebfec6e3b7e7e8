package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole ca}: whose user certificates are accepted. */
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            CaAddCommand.class,
            CaListCommand.class,
            CaRemoveCommand.class,
            CaRevokeCommand.class
        },
        description = "The certificate authorities of a running door.")
public final class CaCommand extends Group {}
