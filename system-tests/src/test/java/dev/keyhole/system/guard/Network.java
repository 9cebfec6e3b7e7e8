package dev.keyhole.system.guard;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A machine of its own, as far as addresses and packet rules go: a network namespace, kept by a process that waits. */
final class Network implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final Process keeper;

    private Network(Process keeper) {
        this.keeper = keeper;
    }

    static Network open() {
        try {
            Process keeper = new ProcessBuilder("unshare", "--net", "sleep", "infinity").start();
            Network network = new Network(keeper);
            Awaitility.await("it has a network of its own").until(network::isApart);
            network.run("ip", "link", "set", "lo", "up").orFail();
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isApart() throws IOException {
        return !Files.readSymbolicLink(Path.of("/proc/" + keeper.pid() + "/ns/net"))
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
    }

    /** A wire to another one, with two addresses of each kind at its ends. */
    void wire(Network other, Wire wire) {
        run(
                        "ip",
                        "link",
                        "add",
                        wire.device(),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        "away",
                        "netns",
                        "" + other.keeper.pid())
                .orFail();
        address(wire.device(), wire.near(), wire.near6());
        other.address("away", wire.far(), wire.far6());
    }

    private void address(String device, String four, String six) {
        run("ip", "address", "add", four + "/30", "dev", device).orFail();
        run("ip", "-6", "address", "add", six + "/64", "dev", device, "nodad").orFail();
        run("ip", "link", "set", device, "up").orFail();
    }

    /** The words as a command that runs inside. */
    List<String> inside(List<String> words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", "" + keeper.pid(), "-n"));
        command.addAll(words);
        return command;
    }

    Ran run(String... words) {
        return Ran.of(SHORT, inside(List.of(words)));
    }

    @Override
    public void close() {
        keeper.destroyForcibly();
        Awaitility.await("it ends").until(() -> !keeper.isAlive());
    }
}
