package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.AccountChoice;
import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
        Request request =
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
                        .with("limits", limits);
        return osUser == null ? door.ask(request) : asAccount(request, osUser);
    }

    /** The account first: the door takes a principal with an OS user only to remember which one root has chosen. */
    private int asAccount(Request request, String account) throws CannotStart {
        AccountChoice choice = new AccountChoice(door.home(), principal());
        if (door.knows(name)) {
            return door.ask(request); // says that there is one already
        }
        choice.make(account);
        int status = door.ask(request);
        if (status != ExitStatus.DONE.number() && !door.knows(name)) {
            choice.takeBack();
        }
        return status;
    }

    private PrincipalName principal() {
        try {
            return new PrincipalName(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    door.verb().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
