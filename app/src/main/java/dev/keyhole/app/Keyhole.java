package dev.keyhole.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command itself; each verb is a class of its own. */
@Command(
        name = "keyhole",
        mixinStandardHelpOptions = true,
        version = "keyhole 0.1.0",
        subcommands = {OpenCommand.class},
        description =
                "The one door to a GPU machine: SSH keys in front, everybody's own notebook behind.")
public final class Keyhole {
    private Keyhole() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Keyhole()).execute(arguments));
    }
}
