package dev.keyhole.system.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Somebody on another machine who can reach the door. */
final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SILENCE = 124; // of timeout(1)
    private static final Path SCRIPT =
            Places.checkout().resolve("system-tests/src/test/python/guard/stranger.py");

    private final Network network = Network.open();
    private final Wire wire;
    private final Path place;
    private final KeyFile key;

    /** @param key of somebody who is known at the door, or is not */
    Visitor(Network door, int number, Path place, KeyFile key) {
        this.wire = new Wire(number);
        this.place = place;
        this.key = key;
        door.wire(network, wire);
    }

    String address() {
        return wire.far();
    }

    Wire wire() {
        return wire;
    }

    /** A command on that machine. */
    Ran run(String... words) {
        return network.run(words);
    }

    /** The same with a patience of its own. */
    Ran run(Duration patience, List<String> words) {
        return Ran.of(patience, network.inside(words));
    }

    /** Stock ssh as ada, with the visitor's key. */
    Ran ssh(String... remote) {
        return Ran.of(PATIENCE, sshCommand(List.of(), remote));
    }

    private List<String> sshCommand(List<String> options, String... remote) {
        List<String> words =
                new ArrayList<>(
                        List.of("ssh", "-F", "none", "-p", "" + GuardedDoor.PORT, "-l", "ada"));
        words.addAll(List.of("-i", key.file().toString()));
        words.addAll(options);
        for (String option :
                List.of(
                        "IdentitiesOnly=yes",
                        "IdentityAgent=none",
                        "BatchMode=yes",
                        "StrictHostKeyChecking=accept-new",
                        "UserKnownHostsFile=" + place.resolve("known_hosts"),
                        "GlobalKnownHostsFile=/dev/null",
                        "ConnectTimeout=5")) {
            words.addAll(List.of("-o", option));
        }
        words.add(wire.near());
        words.addAll(List.of(remote));
        return network.inside(words);
    }

    /** {@code ssh -N -L 8000:localhost:8888}, on that machine. */
    Process tunnel() {
        try {
            return new ProcessBuilder(
                            sshCommand(List.of("-N", "-L", "127.0.0.1:8000:localhost:8888")))
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("tunnel.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Jupyter answers through that tunnel: a status, or 000. */
    String askJupyter() {
        return run(
                        "curl",
                        "-s",
                        "-m",
                        "15",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "http://127.0.0.1:8000/api")
                .stdout();
    }

    /** Whether a new TCP connection to the door is answered within two seconds. */
    boolean reaches() {
        return connect(wire.near(), GuardedDoor.PORT) == 0;
    }

    boolean reachesBySix() {
        return connect(wire.near6(), GuardedDoor.PORT) == 0;
    }

    /** Whether the door's machine says anything about another port of it, were it a refusal. */
    boolean isAnsweredAt(int port) {
        return connect(wire.near(), port) != SILENCE;
    }

    private int connect(String address, int port) {
        return run("timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/" + port).exit();
    }

    /** Fails to log in, so many times. */
    Ran fails(int times) {
        return says("", "", "ada", times);
    }

    /** The same, with texts of a person who wants somebody else to be blamed. */
    Ran says(String before, String identification, String login, int times) {
        return Ran.of(
                PATIENCE.plusSeconds(5L * times),
                network.inside(
                        List.of(
                                "/usr/bin/python3",
                                "-B",
                                SCRIPT.toString(),
                                wire.near(),
                                "" + GuardedDoor.PORT,
                                hex(before),
                                hex(identification),
                                hex(login),
                                "" + times)));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        network.close();
    }
}
