package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.config.DidYouMean;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the command says when it does not do what was asked: a sentence, a next move, and never a stack trace. */
final class Answers {
    private Answers() {}

    static void install(CommandLine command) {
        command.setParameterExceptionHandler((e, arguments) -> misunderstood(e));
        command.setExecutionExceptionHandler((e, where, result) -> failed(e, where));
    }

    /** The command line: the sentence, did-you-mean, and where the help is. */
    private static int misunderstood(ParameterException e) {
        CommandLine where = e.getCommandLine();
        PrintWriter err = where.getErr();
        err.println("keyhole: " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            DidYouMean.nearest(unmatched.getUnmatched().getFirst(), known(where.getCommandSpec()))
                    .ifPresent(near -> err.println("Did you mean " + near + "?"));
        }
        err.println(
                "Run '"
                        + where.getCommandSpec().qualifiedName(" ")
                        + " --help' for what there is.");
        err.flush();
        return ExitStatus.USAGE.number();
    }

    private static List<String> known(CommandSpec command) {
        List<String> words = new ArrayList<>(command.optionsMap().keySet());
        command.subcommands()
                .forEach((name, verb) -> {
                    if (!verb.getCommandSpec().usageMessage().hidden()) {
                        words.add(name);
                    }
                });
        return words;
    }

    private static int failed(Exception e, CommandLine where) {
        PrintWriter err = where.getErr();
        ExitStatus status = ExitStatus.FAILED;
        if (e instanceof CannotStart known) {
            err.println("keyhole: " + known.getMessage());
            status = known.status();
        } else if (e instanceof ImageFailure known) {
            err.println("keyhole: " + known.getMessage());
            status = known.status();
        } else {
            err.println(
                    "keyhole: something unexpected happened: "
                            + e.getClass().getSimpleName()
                            + ": "
                            + e.getMessage()
                            + ". The details are in "
                            + details(e)
                            + "; please report them.");
        }
        err.flush();
        return status.number();
    }

    private static String details(Exception e) {
        try {
            Path log = Files.createTempFile("keyhole-failure-", ".log");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(log))) {
                e.printStackTrace(out);
            }
            return log.toString();
        } catch (IOException none) {
            return "no file, because none can be written (" + none.getMessage() + ")";
        }
    }
}
