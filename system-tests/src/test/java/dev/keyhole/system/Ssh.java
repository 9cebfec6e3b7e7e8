package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stock OpenSSH client with one key and a known_hosts file of its own; nothing of the caller's is read. */
public final class Ssh {
    private final int port;
    private final Path place;
    private final KeyFile key;
    private final String login;
    private final List<String> options;

    Ssh(Door door, KeyFile key) {
        this(door.port(), door.setup().place(), key, door.setup().principal());
    }

    /** @param place for known_hosts and logs */
    Ssh(int port, Path place, KeyFile key, String login) {
        this(port, place, key, login, List.of());
    }

    private Ssh(int port, Path place, KeyFile key, String login, List<String> options) {
        this.port = port;
        this.place = place;
        this.key = key;
        this.login = login;
        this.options = options;
    }

    public Ssh withKey(KeyFile key) {
        return new Ssh(port, place, key, login, options);
    }

    public Ssh as(String login) {
        return new Ssh(port, place, key, login, options);
    }

    /** One more word, or several, before the host: {@code with("-o", "RekeyLimit=256k")}. */
    public Ssh with(String... words) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of(words));
        return new Ssh(port, place, key, login, List.copyOf(more));
    }

    /** Runs ssh with these words after the host and waits for its end. */
    public Ran run(String... remote) {
        return Ran.of(Duration.ofSeconds(45), command(remote));
    }

    /** The whole command line, for a test that starts it by itself. */
    public List<String> command(String... remote) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-p", "" + port));
        command.addAll(List.of("-i", key.file().toString(), "-l", login));
        // The first of two equal options counts, so those of the test come before the usual ones.
        command.addAll(options);
        for (String option :
                List.of(
                        "IdentitiesOnly=yes",
                        "IdentityAgent=none",
                        "BatchMode=yes",
                        "StrictHostKeyChecking=accept-new",
                        "UserKnownHostsFile=" + knownHosts(),
                        "GlobalKnownHostsFile=/dev/null",
                        "ConnectTimeout=10")) {
            command.addAll(List.of("-o", option));
        }
        command.add("127.0.0.1");
        command.addAll(List.of(remote));
        return command;
    }

    public Path knownHosts() {
        return place.resolve("known_hosts");
    }

    /** {@code ssh -N -L …:localhost:PORT}, once its local port accepts. */
    public Tunnel tunnelTo(int port) {
        return tunnel("localhost", port);
    }

    /** {@code ssh -N -L} to any destination, on a free local port. */
    public Tunnel tunnel(String host, int port) {
        int local = Ports.free();
        return with(
                        "-N",
                        "-o",
                        "ExitOnForwardFailure=yes",
                        "-L",
                        "127.0.0.1:" + local + ":" + host + ":" + port)
                .background(local);
    }

    /** Starts ssh and waits until a local port of it accepts. */
    public Tunnel background(int local, String... remote) {
        try {
            Path log = Files.createTempFile(place, "ssh-", ".log");
            Process process =
                    new ProcessBuilder(command(remote))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Tunnel tunnel = new Tunnel(process, local, log);
            tunnel.awaitOpen();
            return tunnel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
