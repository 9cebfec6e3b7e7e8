package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code keyhole principal import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Adds or changes a whole class from a CSV file, or adopts an authorized_keys file: all of it or nothing.")
final class PrincipalImportCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "CSV with a header; columns: name, key, role, shell, expiry and the limits. - is standard input.")
    private @Nullable String file;

    @Option(
            names = "--authorized-keys",
            paramLabel = "FILE",
            description =
                    "Adopt these lines with their options, in place of a CSV file; needs --as.")
    private @Nullable String authorizedKeys;

    @Option(names = "--as", paramLabel = "NAME", description = "Whose lines they are.")
    private @Nullable String as;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Option(
            names = "--prepare",
            description =
                    "Make everybody's OS user and notebook now, not at the first login; may take long.")
    private boolean prepare;

    @Override
    public Integer call() throws CannotStart {
        if ((file == null) == (authorizedKeys == null)
                || (authorizedKeys == null) != (as == null)) {
            throw new ParameterException(
                    door.verb().commandLine(),
                    "Name a CSV file, or --authorized-keys FILE and --as NAME.");
        }
        Given given = Given.read(file == null ? String.valueOf(authorizedKeys) : file, door.verb());
        return door.ask(
                new Request("principal import")
                        .with("file", given.name())
                        .with("text", given.text())
                        .with("as", as)
                        .with("dryRun", dryRun)
                        .with("prepare", prepare));
    }
}
