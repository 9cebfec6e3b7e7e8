package dev.keyhole.app.operator;

import java.io.Console;
import picocli.CommandLine.ParameterException;

/** Asks before something that cannot be undone. Keeps no state. */
final class Confirmation {
    private Confirmation() {}

    /** @throws ParameterException when the person says no, or nobody can be asked */
    static void require(boolean alreadyGiven, String question, DoorOption door) {
        if (alreadyGiven) {
            return;
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new ParameterException(
                    door.verb().commandLine(), "Nobody can be asked here; say --yes.");
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new ParameterException(door.verb().commandLine(), "Nothing was changed.");
        }
    }
}
