package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyhole principal set}. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Changes role, shell, expiry or limits of a principal.")
final class PrincipalSetCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "The principal.")
    private String name = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "member or admin.")
    private @Nullable String role;

    @Option(
            names = "--shell",
            negatable = true,
            description = "Grant shell, commands, sftp, scp and rsync, or no longer.")
    private @Nullable Boolean shell;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When it is nobody any more: 30d, 2027-01-31, 2027-01-31T18:00 or never.")
    private @Nullable String expires;

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            description = "Such as memory=8GiB; memory=default follows the config again.")
    private List<String> limits = new ArrayList<>();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("principal set")
                        .with("name", name)
                        .with("role", role)
                        .with("shell", shell)
                        .with("expires", expires)
                        .with("limits", limits));
    }
}
