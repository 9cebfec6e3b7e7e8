package dev.keyhole.system.attach;

import static org.awaitility.Awaitility.await;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.TestVenv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classic recipe: sshd with a host key of its own, Jupyter and TensorBoard on loopback TCP. Not thread-safe. */
final class ClassicHost implements AutoCloseable {
    /** Set for everything that its sshd runs and for its Jupyter, so that code can tell where it is. */
    static final String MARK = "CLASSIC_HOST";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path place = Places.fresh("classic");
    private final int port = Ports.free();
    private final int jupyterPort = Ports.free();
    private final int tensorboardPort = Ports.free();
    private final List<Process> services = new ArrayList<>();
    private @Nullable Process sshd;

    ClassicHost() throws IOException {
        for (String key : List.of("host", "other")) {
            Ran.of(
                            Duration.ofSeconds(20),
                            "ssh-keygen",
                            "-q",
                            "-t",
                            "ed25519",
                            "-N",
                            "",
                            "-f",
                            file(key))
                    .orFail();
        }
        Files.createFile(place.resolve("authorized_keys"));
        Files.writeString(
                place.resolve("sshd_config"),
                """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                PidFile none
                SetEnv %s=yes
                Subsystem sftp internal-sftp
                LogLevel VERBOSE
                """
                        .formatted(port, file("host"), file("authorized_keys"), MARK));
        comeBack();
    }

    void startJupyter() throws IOException {
        start(
                "jupyter",
                "jupyter-lab",
                "--ip=127.0.0.1",
                "--port=" + jupyterPort,
                "--no-browser",
                "--allow-root",
                "--IdentityProvider.token=",
                "--ServerApp.root_dir=" + Files.createDirectories(place.resolve("work")));
        Ports.awaitAccepting(jupyterPort, PATIENCE);
    }

    void startTensorBoard() throws IOException {
        start(
                "tensorboard",
                "tensorboard",
                "--logdir=" + Files.createDirectories(place.resolve("logs")),
                "--host=127.0.0.1",
                "--port=" + tensorboardPort,
                "--load_fast=false");
        Ports.awaitAccepting(tensorboardPort, PATIENCE);
    }

    private void start(String name, String program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(TestVenv.shared().resolve("bin").resolve(program).toString());
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(place.resolve(name + ".log").toFile());
        builder.environment().put(MARK, "yes");
        builder.environment().put("HOME", place.toString());
        services.add(builder.start());
    }

    String user() {
        return System.getProperty("user.name");
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int jupyterPort() {
        return jupyterPort;
    }

    int tensorboardPort() {
        return tensorboardPort;
    }

    String hostKey() {
        return publicKey("host");
    }

    /** A key that this host does not have. */
    String otherKey() {
        return publicKey("other");
    }

    private String publicKey(String name) {
        try {
            String[] words = Files.readString(place.resolve(name + ".pub")).split(" ");
            return words[0] + " " + words[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fingerprint(String key) {
        return Ran.of(Duration.ofSeconds(10), "ssh-keygen", "-l", "-f", file(key + ".pub"))
                .orFail()
                .stdout()
                .split(" ")[1];
    }

    /** A private key that nobody has been given a place in authorized_keys for. */
    String privateKey() {
        return file("other");
    }

    void authorize(String line) throws IOException {
        Files.writeString(place.resolve("authorized_keys"), line + "\n", StandardOpenOption.APPEND);
    }

    void forget(String line) throws IOException {
        Path file = place.resolve("authorized_keys");
        Files.write(
                file, Files.readAllLines(file).stream().filter(one -> !one.equals(line)).toList());
    }

    String log() throws IOException {
        return Files.readString(place.resolve("sshd.log"));
    }

    /** Ends every connection and takes no new one; Jupyter goes on. */
    void goAway() throws InterruptedException {
        Process running = sshd;
        if (running != null) {
            List<ProcessHandle> sessions = running.descendants().toList();
            running.destroy();
            running.waitFor();
            sessions.forEach(ProcessHandle::destroy);
        }
    }

    void comeBack() throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        sshd =
                new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", file("sshd_config"))
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        place.resolve("sshd.log").toFile()))
                        .start();
        await("the classic host listens").atMost(Duration.ofSeconds(20)).until(() -> answers(port));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String file(String name) {
        return place.resolve(name).toString();
    }

    @Override
    public void close() throws Exception {
        goAway();
        for (Process service : services) {
            List<ProcessHandle> all = service.descendants().toList();
            service.destroy();
            service.waitFor();
            all.forEach(ProcessHandle::destroyForcibly);
        }
        Places.remove(place);
    }
}
