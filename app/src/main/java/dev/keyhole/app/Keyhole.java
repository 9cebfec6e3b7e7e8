package dev.keyhole.app;

import dev.keyhole.app.image.ImageCommand;
import dev.keyhole.app.operator.AuditCommand;
import dev.keyhole.app.operator.BanCommand;
import dev.keyhole.app.operator.CaCommand;
import dev.keyhole.app.operator.HealthCommand;
import dev.keyhole.app.operator.KeyCommand;
import dev.keyhole.app.operator.MetricsCommand;
import dev.keyhole.app.operator.PrincipalCommand;
import dev.keyhole.app.operator.ServiceCommand;
import dev.keyhole.app.operator.SessionCommand;
import dev.keyhole.app.operator.StatusCommand;
import dev.keyhole.app.operator.WorkspaceCommand;
import dev.keyhole.gateway.boot.Release;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command itself; each verb is a class of its own. */
@Command(
        name = "keyhole",
        mixinStandardHelpOptions = true,
        version = "keyhole " + Release.VERSION,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            ServeCommand.class,
            ConfigCommand.class,
            PrincipalCommand.class,
            KeyCommand.class,
            CaCommand.class,
            ServiceCommand.class,
            SessionCommand.class,
            BanCommand.class,
            WorkspaceCommand.class,
            AuditCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            MetricsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ImageCommand.class,
            OpenCommand.class,
            PrintCommand.class,
            DoorCommand.class,
            InsideCommand.class
        },
        description =
                "The one door to a GPU machine: SSH keys in front, everybody's own notebook behind.")
@SuppressWarnings("UnusedVariable") // read through the parser by Whereabouts
public final class Keyhole {
    @Option(
            names = Whereabouts.HOME,
            paramLabel = "DIR",
            description = "The home of the door that a verb is about.")
    private @Nullable Path home;

    @Option(
            names = Whereabouts.CONFIG,
            paramLabel = "FILE",
            description = "The config of the door that a verb is about, in place of --home.")
    private @Nullable Path config;

    private Keyhole() {}

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command line with every verb. */
    static CommandLine command() {
        CommandLine command = new CommandLine(new Keyhole());
        Answers.install(command);
        command.setExecutionStrategy(Keyhole::execute);
        return command;
    }

    /** An option before a verb that has no use for it is a mistake, not something to overlook. */
    private static int execute(ParseResult parsed) {
        ParseResult verb = parsed;
        while (verb.hasSubcommand()) {
            verb = verb.subcommand();
        }
        CommandSpec spec = verb.commandSpec();
        for (String option : new String[] {Whereabouts.HOME, Whereabouts.CONFIG}) {
            if (parsed.hasMatchedOption(option) && !spec.optionsMap().containsKey(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " means nothing for '" + spec.qualifiedName(" ") + "'.");
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
