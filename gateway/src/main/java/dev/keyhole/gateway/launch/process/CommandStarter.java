package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a command as its principal's OS user, by the same {@link Spawner} as the services. What the client brought along
 * reaches the environment by env(1) after the last privilege is gone. Thread-safe.
 */
final class CommandStarter {
    /** In the environment of every command, with the workspace's directory: what they leave is known by it. */
    static final String VARIABLE = "KEYHOLE_WORKSPACE";

    private static final List<Path> SFTP_SERVERS =
            List.of(
                    Path.of("/usr/lib/openssh/sftp-server"),
                    Path.of("/usr/libexec/openssh/sftp-server"),
                    Path.of("/usr/lib/ssh/sftp-server"),
                    Path.of("/usr/libexec/sftp-server"));

    private final CleanEnvironment environment;
    private final Spawner spawner;

    CommandStarter(CleanEnvironment environment, Spawner spawner) {
        this.environment = environment;
        this.spawner = spawner;
    }

    /** Where a command runs. */
    record Place(PrincipalName owner, OsUser user, Path workspace, Path home) {}

    /** @param entrance of the workspace */
    RunningCommand start(Entrance entrance, Place place, Command command) throws LaunchFailure {
        Path shell = CommandShell.of(place.user());
        List<String> arguments = arguments(command, shell);
        Map<String, String> variables = environment.of(place.user(), place.home(), List.of());
        variables.put("SHELL", shell.toString());
        variables.put(VARIABLE, place.workspace().toString());
        try {
            ProcessBuilder builder =
                    spawner.builder(entrance, place.user(), arguments, variables, place.home());
            return command.terminal().isPresent()
                    ? onTerminal(entrance, place.user(), builder, command.terminal().get())
                    : onPipes(place.user(), builder);
        } catch (IOException e) {
            throw new LaunchFailure("The command cannot be started: " + e.getMessage(), List.of());
        }
    }

    private static List<String> arguments(Command command, Path shell) throws LaunchFailure {
        List<String> arguments =
                new ArrayList<>(
                        // A launcher that is killed takes its commands with it, not its services.
                        List.of("/usr/bin/setpriv", "--pdeathsig", "HUP", "--", "/usr/bin/env"));
        command.environment()
                .variables()
                .forEach((name, value) -> arguments.add(name + "=" + value));
        command.terminal().ifPresent(terminal -> arguments.add("TERM=" + terminal.term()));
        switch (command.program()) {
            case Command.Shell login -> arguments.addAll(List.of(shell.toString(), "-l"));
            case Command.Line(String text) ->
                    arguments.addAll(List.of(shell.toString(), "-c", text));
            case Command.Sftp sftp -> arguments.add(sftpServer());
        }
        return arguments;
    }

    private static String sftpServer() throws LaunchFailure {
        return SFTP_SERVERS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        new LaunchFailure(
                                "There is no sftp-server on this machine. The operator can"
                                        + " install openssh-sftp-server; scp -O and rsync work"
                                        + " without it.",
                                List.of()));
    }

    private static RunningCommand onTerminal(
            Entrance entrance, OsUser user, ProcessBuilder builder, Terminal terminal)
            throws IOException {
        PtyMaster master = PtyMaster.open(entrance, terminal, user);
        CommandStreams streams = CommandStreams.ofTerminal(master.descriptor());
        CommandProcess process =
                start(user, builder, new CommandSpawn.Streams.OnTerminal(master.name()), streams);
        return new ProcessCommand(process, streams, Optional.of(master));
    }

    private static RunningCommand onPipes(OsUser user, ProcessBuilder builder) throws IOException {
        List<Integer> theirs = new ArrayList<>();
        try {
            CommandStreams streams = CommandPipes.open(theirs);
            CommandProcess process =
                    start(
                            user,
                            builder,
                            new CommandSpawn.Streams.Pipes(
                                    theirs.get(0), theirs.get(1), theirs.get(2)),
                            streams);
            return new ProcessCommand(process, streams, Optional.empty());
        } finally {
            theirs.forEach(CommandSystem::close);
        }
    }

    private static CommandProcess start(
            OsUser user, ProcessBuilder builder, CommandSpawn.Streams theirs, CommandStreams ours)
            throws IOException {
        boolean onTerminal = theirs instanceof CommandSpawn.Streams.OnTerminal;
        try {
            return CommandProcess.start(
                    user,
                    () ->
                            CommandSpawn.spawn(
                                    builder.command(),
                                    builder.environment(),
                                    builder.directory().toPath(),
                                    theirs),
                    // What somebody else still writes on the terminal is nobody's output any more.
                    () -> {
                        if (onTerminal) {
                            ours.wake();
                        }
                    });
        } catch (IOException | RuntimeException e) {
            ours.close();
            throw e;
        }
    }
}
