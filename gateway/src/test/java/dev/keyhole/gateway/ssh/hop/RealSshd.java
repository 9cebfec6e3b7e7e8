package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** An OpenSSH server on loopback, for the user who runs the tests; it can be stopped and started again. */
final class RealSshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Path directory;
    private final int port;
    private final IdentityFile hostKey;
    private final IdentityFile identity;
    private @Nullable Process process;

    RealSshd(Path directory) throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            throw new TestAbortedException("there is no " + PROGRAM);
        }
        this.directory = directory;
        this.port = freePort();
        this.hostKey = IdentityFile.loadOrMake(directory.resolve("host_key"), "host");
        this.identity = IdentityFile.loadOrMake(directory.resolve("identity"), "door");
        Path authorized = directory.resolve("authorized_keys");
        Files.writeString(authorized, identity.publicLine() + "\n");
        Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-------"));
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws Exception {
        Path config = directory.resolve("sshd_config");
        Files.write(
                config,
                List.of(
                        "ListenAddress 127.0.0.1:" + port,
                        "HostKey " + directory.resolve("host_key"),
                        "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "AcceptEnv LANG LC_*",
                        "RekeyLimit 4M",
                        "Subsystem sftp internal-sftp",
                        "LogLevel VERBOSE"));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process started =
                new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("sshd.log").toFile())
                        .start();
        process = started;
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 200 && started.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (never.await(50, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IOException(
                "sshd does not listen: " + Files.readString(directory.resolve("sshd.log")));
    }

    /** The server, and each process of it that serves a connection. */
    void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> all = running.descendants().toList();
            running.destroy();
            running.waitFor();
            all.forEach(ProcessHandle::destroy);
        }
    }

    /** Its processes answer nothing any more and are not gone, as behind a network that swallows packets. */
    void freeze() throws Exception {
        signalConnections("STOP");
    }

    void thaw() throws Exception {
        signalConnections("CONT");
    }

    private void signalConnections(String name) throws Exception {
        Process running = process;
        if (running != null) {
            for (ProcessHandle one : running.descendants().toList()) {
                new ProcessBuilder("kill", "-" + name, "" + one.pid()).start().waitFor();
            }
        }
    }

    SshHost host() {
        return host(hostKey.publicLine(), identityFile());
    }

    SshHost host(String hostKeyLine, Path identityFile) {
        return new SshHost(
                new SshHost.Place.Tcp("127.0.0.1", port),
                System.getProperty("user.name"),
                hostKeyLine,
                identityFile);
    }

    int port() {
        return port;
    }

    Path identityFile() {
        return directory.resolve("identity");
    }

    IdentityFile identity() {
        return identity;
    }

    IdentityFile hostKey() {
        return hostKey;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
