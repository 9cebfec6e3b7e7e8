package dev.keyhole.gateway.launch.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a program as somebody else, without privileges and cut off from us: setsid, setpriv and sh follow each other
 * by exec, so that the pid that we see is the program's.
 */
final class Spawner {
    /**
     * Whatever eats the memory, the door is not what the kernel ends first. The directory is entered by the user, inside: a
     * working directory from outside the walls has no path there.
     */
    private static final String LAST_STEP =
            "umask 077; echo 300 2>/dev/null >/proc/self/oom_score_adj; cd \"$0\" && exec \"$@\"";

    private final boolean asRoot;

    Spawner(OsUser us) {
        this.asRoot = us.isRoot();
    }

    /**
     * Starts a program in the background.
     *
     * @param entrance of the workspace that it belongs to
     * @param environment all that it gets
     * @param log appended to
     */
    Process start(
            Entrance entrance,
            OsUser user,
            List<String> arguments,
            Map<String, String> environment,
            Path home,
            Path log)
            throws IOException {
        ProcessBuilder builder = builder(entrance, user, arguments, environment, home);
        builder.command().addFirst(tool("setsid"));
        return builder.redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Prepares a program that is run and waited for; the caller says where its output goes.
     *
     * @param entrance of the workspace that it belongs to; an installer stays outside
     * @param directory that it starts in, as the user
     */
    ProcessBuilder builder(
            Entrance entrance,
            OsUser user,
            List<String> arguments,
            Map<String, String> environment,
            Path directory)
            throws IOException {
        List<String> command = new ArrayList<>(entrance.words());
        command.add(tool("setpriv"));
        command.add("--no-new-privs");
        if (asRoot) {
            command.addAll(
                    List.of("--reuid=" + user.uid(), "--regid=" + user.gid(), "--init-groups"));
            command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all"));
        }
        command.addAll(List.of("--", "/bin/sh", "-c", LAST_STEP, directory.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static String tool(String name) throws IOException {
        return SystemTool.find(name)
                .orElseThrow(() ->
                        new IOException(
                                "there is no " + name + "; install the package util-linux"));
    }
}
