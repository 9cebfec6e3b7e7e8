package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.CheckedConfig;
import dev.keyhole.wire.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyhole config}. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Looks at config files.")
final class ConfigCommand {
    @Spec private @Nullable CommandSpec spec;

    /** Exits with 7 when the file has a problem, like every check. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reports every problem of a config file, each with its line.")
    int check(@Parameters(paramLabel = "FILE", description = "The config.") Path file)
            throws CannotStart {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CheckedConfig checked = CheckedConfig.of(file);
        checked.everything().forEach(out::println);
        if (checked.problems().isEmpty()) {
            out.println(file + ": no problems");
            return ExitStatus.DONE.number();
        }
        return ExitStatus.PROBLEMS_FOUND.number();
    }
}
