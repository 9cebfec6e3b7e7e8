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

/** {@code keyhole principal add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets somebody in, with an OS user, a notebook and limits of its own.")
final class PrincipalAddCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Parameters(paramLabel = "NAME", description = "1-24 of a-z, 0-9, _ and -.")
    private String name = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A .pub or authorized_keys file; - is standard input. May be repeated.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "member or admin. Default: member.")
    private @Nullable String role;

    @Option(
            names = "--os-user",
            paramLabel = "NAME",
            description =
                    "Run its notebook as this existing OS user. Default: a new one, keyhole-NAME.")
    private @Nullable String osUser;

    @Option(names = "--shell", description = "Grant shell, commands, sftp, scp and rsync.")
    private boolean shell;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When it is nobody any more: 30d, 2027-01-31 or 2027-01-31T18:00.")
    private @Nullable String expires;

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            description =
                    "sessions, forwards, bytes-per-second, workspaces, memory, cpus, pids, gpus; such as memory=8GiB.")
    private List<String> limits = new ArrayList<>();

    @Override
    public Integer call() throws CannotStart {
        return door.ask(
                new Request("principal add")
                        .with("name", name)
                        .with(
                                "keys",
                                keys.stream()
                                        .map(file -> Given.read(file, door.verb()).member())
                                        .toList())
                        .with("role", role)
                        .with("osUser", osUser)
                        .with("shell", shell)
                        .with("expires", expires)
                        .with("limits", limits));
    }
}
