package dev.keyhole.app.operator;

import dev.keyhole.app.Group;
import picocli.CommandLine.Command;

/** {@code keyhole audit}: what happened, for whoever answers questions later. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            AuditTailCommand.class,
            AuditSearchCommand.class,
            AuditExportCommand.class,
            AuditSummaryCommand.class,
            AuditCheckpointCommand.class,
            AuditEraseCommand.class,
            AuditVerifyCommand.class
        },
        description = "The audit of a door. That you read it is written into it.")
public final class AuditCommand extends Group {}
