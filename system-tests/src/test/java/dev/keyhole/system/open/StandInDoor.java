package dev.keyhole.system.open;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An {@code sshd} on loopback with keys of its own, a web server behind it, and a laptop's ssh configuration. */
final class StandInDoor implements AutoCloseable {
    private final Path folder;
    private final HttpServer service;
    private final int port;
    private Process sshd;

    StandInDoor(Path folder) throws Exception {
        this.folder = folder;
        this.port = freePort();
        for (String key : List.of("host", "other-host", "laptop", "stranger")) {
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file(key));
        }
        Files.copy(folder.resolve("laptop.pub"), folder.resolve("authorized_keys"));
        Files.writeString(
                folder.resolve("sshd_config"),
                """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                PidFile none
                LogLevel VERBOSE
                """
                        .formatted(port, file("host"), file("authorized_keys")));
        writeLaptop("laptop");
        knowHostKey("host");
        service =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 8);
        service.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("hi".getBytes(StandardCharsets.US_ASCII));
                    exchange.close();
                });
        service.start();
        sshd = startSshd();
    }

    /** What a person types to get here. */
    String destination() {
        return System.getProperty("user.name") + "@127.0.0.1:" + port;
    }

    /** The port of the web server behind the door, as a service. */
    String service() {
        return Integer.toString(service.getAddress().getPort());
    }

    /** The folder that holds a {@code ssh} with the laptop's own configuration; goes first into PATH. */
    String laptopPrograms() {
        return folder.resolve("bin").toString();
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    void laptopUsesKey(String key) throws IOException {
        writeLaptop(key);
    }

    void knowHostKey(String key) throws IOException {
        String[] words = Files.readString(folder.resolve(key + ".pub")).split(" ");
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + words[0] + " " + words[1].strip() + "\n");
    }

    void knowNoHostKey() throws IOException {
        Files.writeString(folder.resolve("known_hosts"), "");
    }

    String fingerprint(String key) throws Exception {
        return run("ssh-keygen", "-l", "-f", file(key + ".pub")).split(" ")[1];
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    /** Ends every connection and takes no new one. */
    void goAway() throws Exception {
        sshd.descendants().forEach(ProcessHandle::destroy);
        sshd.destroy();
        sshd.waitFor();
    }

    void comeBack() throws Exception {
        sshd = startSshd();
    }

    private Process startSshd() throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process started =
                new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", file("sshd_config"))
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("sshd.log").toFile()))
                        .start();
        await("the stand-in door listens")
                .atMost(Duration.ofSeconds(20))
                .until(() -> answers(port));
        return started;
    }

    private void writeLaptop(String key) throws IOException {
        Files.writeString(
                folder.resolve("ssh_config"),
                """
                UserKnownHostsFile %s
                GlobalKnownHostsFile none
                IdentityFile %s
                IdentitiesOnly yes
                IdentityAgent none
                """
                        .formatted(file("known_hosts"), file(key)));
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path ssh =
                Files.writeString(
                        programs.resolve("ssh"),
                        "#!/bin/sh\nexec /usr/bin/ssh -F '" + file("ssh_config") + "' \"$@\"\n");
        ssh.toFile().setExecutable(true);
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() {
        sshd.descendants().forEach(ProcessHandle::destroy);
        sshd.destroy();
        service.stop(0);
    }
}
