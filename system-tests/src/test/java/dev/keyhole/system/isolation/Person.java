package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Somebody with a key, a tunnel and a kernel in a workspace; what it does, it does from inside there. */
final class Person {
    private static final Duration SHORT = Duration.ofSeconds(60);

    private final SharedMachine machine;
    private final String name;
    private final KeyFile key;
    private @Nullable Process tunnel;
    private int local;
    private String kernel = "";

    Person(SharedMachine machine, String name, KeyFile key) {
        this.machine = machine;
        this.name = name;
        this.key = key;
    }

    String name() {
        return name;
    }

    String osUser() {
        return "keyhole-" + name;
    }

    KeyFile key() {
        return key;
    }

    /** The directory of the workspace, as root sees it. */
    Path workspace() {
        return machine.home().resolve("workspaces/" + name);
    }

    /** Where its notebook listens. */
    Path socket() {
        return Path.of(recorded("jupyter.service", "socket"));
    }

    /** A field of the record of its walls. */
    String wall(String field) {
        return recorded("walls", field);
    }

    private String recorded(String file, String field) {
        try {
            return Files.readAllLines(workspace().resolve("run").resolve(file)).stream()
                    .filter(line -> line.startsWith(field + " "))
                    .map(line -> line.substring(field.length() + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A member verb, as stock ssh asks for it. */
    Ran keyhole(String... words) {
        List<String> command = ssh(List.of());
        command.add("keyhole");
        command.addAll(List.of(words));
        return Ran.of(SHORT, command);
    }

    /** Runs a shell script by ssh, which an operator has granted; may be killed by what it does. */
    Ran exec(String script) {
        List<String> command = ssh(List.of());
        command.add(script);
        return Ran.of(SHORT, command);
    }

    /** {@code ssh -W}, reading what comes for a short time. */
    Ran reach(String destination) {
        List<String> command = new ArrayList<>(List.of("timeout", "10"));
        command.addAll(ssh(List.of("-W", destination)));
        return Ran.of(SHORT, command);
    }

    private List<String> ssh(List<String> options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ssh",
                                "-F",
                                "none",
                                "-p",
                                "" + machine.port(),
                                "-i",
                                key.file().toString(),
                                "-l",
                                name));
        for (String option :
                List.of(
                        "IdentitiesOnly=yes",
                        "IdentityAgent=none",
                        "BatchMode=yes",
                        "StrictHostKeyChecking=accept-new",
                        "UserKnownHostsFile=" + machine.place().resolve("known_hosts"),
                        "ConnectTimeout=10")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(options);
        command.add("127.0.0.1");
        return command;
    }

    /** A tunnel to a port, as {@code ssh -N -L} makes it; the local end. */
    int tunnelTo(int port) {
        int near = Ports.free();
        try {
            Process ssh =
                    new ProcessBuilder(
                                    ssh(
                                            List.of(
                                                    "-N",
                                                    "-L",
                                                    "127.0.0.1:" + near + ":localhost:" + port)))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    Files.createTempFile(machine.place(), "ssh-", ".log").toFile())
                            .start();
            leave();
            tunnel = ssh;
            Ports.awaitAccepting(near, Duration.ofSeconds(20));
            return near;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the notebook and starts a kernel. */
    Person atWork() {
        local = tunnelTo(8888);
        kernel = new Notebook(local).startKernel();
        return this;
    }

    /** A new tunnel to the notebook whose kernel goes on. */
    void tunnelAgain() {
        local = tunnelTo(8888);
    }

    /** Whether there is a record of its walls. */
    boolean wallsStand() {
        return Files.exists(workspace().resolve("run/walls"));
    }

    boolean answers() {
        return Ran.of(SHORT, "curl", "-sf", "-m", "20", "http://localhost:" + local + "/api").exit()
                == 0;
    }

    /** Runs Python in the kernel; what it printed. */
    String python(String code) {
        return new Notebook(local).run(kernel, code);
    }

    /** Runs a shell script from the kernel: its exit status on the first line, then all that it wrote. */
    String sh(String script) {
        return python(
                "import subprocess\n"
                        + "ran = subprocess.run(['/bin/sh', '-c', "
                        + new JsonPrimitive(script)
                        + "], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,"
                        + " stderr=subprocess.STDOUT, text=True, timeout=60)\n"
                        + "print(ran.returncode)\n"
                        + "print(ran.stdout)\n");
    }

    /** Runs a shell script that must succeed; what it wrote. */
    String does(String script) {
        String all = sh(script);
        assertThat(all).as(script).startsWith("0");
        return all.substring(1).strip();
    }

    /** Starts something that stays, and waits until a file says that it is ready. */
    void starts(String script, String readyFile) {
        python(
                "import subprocess\n"
                        + "subprocess.Popen(['/bin/sh', '-c', "
                        + new JsonPrimitive(script)
                        + "], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,"
                        + " stderr=subprocess.DEVNULL, start_new_session=True)\n");
        Awaitility.await(script)
                .atMost(Duration.ofSeconds(30))
                .until(() -> sh("test -e " + readyFile).startsWith("0"));
    }

    /** Ends its tunnel. */
    void leave() {
        Process open = tunnel;
        if (open != null) {
            open.destroy();
            Awaitility.await("ssh ends").until(() -> !open.isAlive());
        }
    }
}
