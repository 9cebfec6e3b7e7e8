package dev.keyhole.app;

import dev.keyhole.gateway.boot.Release;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
            OpenCommand.class,
            PrintCommand.class,
            DoorCommand.class
        },
        description =
                "The one door to a GPU machine: SSH keys in front, everybody's own notebook behind.")
public final class Keyhole {
    private Keyhole() {}

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command line with every verb. */
    static CommandLine command() {
        CommandLine command = new CommandLine(new Keyhole());
        Answers.install(command);
        return command;
    }
}
