package dev.keyhole.app;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Some verbs about one kind of thing; by itself it says which there are. */
@SuppressWarnings("UnusedVariable") // read through the parser
public abstract class Group implements Runnable {
    @Option(names = "--home", paramLabel = "DIR", description = "The home of the door.")
    private @Nullable Path home;

    @Option(names = "--config", paramLabel = "FILE", description = "The config of the door.")
    private @Nullable Path config;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec group = Objects.requireNonNull(spec);
        throw new ParameterException(
                group.commandLine(),
                "Which verb? There are: " + String.join(", ", group.subcommands().keySet()) + ".");
    }
}
