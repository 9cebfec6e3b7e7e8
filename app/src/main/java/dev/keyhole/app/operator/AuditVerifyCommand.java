package dev.keyhole.app.operator;

import dev.keyhole.app.Whereabouts;
import dev.keyhole.gateway.boot.AuditCheck;
import dev.keyhole.gateway.boot.CannotStart;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyhole audit verify}: needs no door, and changes nothing. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells whether the audit is still what was written. The door may run or not.",
            "An end that was cut off, or a chain that was written anew, shows only against a checkpoint"
                    + " that lay elsewhere.",
            "Exit status 7 when it is not."
        })
@SuppressWarnings("UnusedVariable") // two are read through the parser by Whereabouts
final class AuditVerifyCommand implements Callable<Integer> {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The home of the door. Default: that of `keyhole up`.")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config of the door, in place of --home.")
    private @Nullable Path config;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Signed checkpoints that were kept elsewhere.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The public key that was kept elsewhere. Default: audit/audit.vkey of the home.")
    private @Nullable Path key;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotStart {
        CommandSpec verb = Objects.requireNonNull(spec);
        AuditCheck check =
                AuditCheck.of(
                        Whereabouts.of(verb),
                        Optional.ofNullable(key),
                        Optional.ofNullable(checkpoint));
        PrintWriter out = verb.commandLine().getOut();
        out.print(json ? check.json() + "\n" : check.text());
        out.flush();
        return check.status().number();
    }
}
