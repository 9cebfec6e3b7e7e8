package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Connects workspaces' own networks with the world: a pair of virtual interfaces for each, and one table of packet rules
 * for the home. Needs ip of iproute2 and nft of nftables. Thread-safe: one at a time.
 */
final class WorkspaceNetworks {
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,15}");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GONE = Duration.ofSeconds(5);
    private static final int USUAL_MTU = 1500;

    private final NetworkPlan plan;
    private final Set<Integer> reserved = new HashSet<>();

    WorkspaceNetworks(NetworkPlan plan) {
        this.plan = plan;
    }

    /** Chooses addresses for a workspace and keeps them for it until {@link #remove}. */
    synchronized int reserve(String name) throws LaunchFailure {
        try {
            int index =
                    plan.free(name, reserved)
                            .orElseThrow(() ->
                                    failure(
                                            "All addresses of "
                                                    + plan.block()
                                                    + " are taken; give `workspace.network` a larger range."));
            reserved.add(index);
            return index;
        } catch (SocketException e) {
            throw failure("The machine's addresses cannot be read: " + e.getMessage());
        }
    }

    /** Gives the network namespace of a process its way out. Interfaces of workspaces that are gone are removed. */
    synchronized void connect(int index, ProcessEntry keeper, Collection<Integer> living)
            throws LaunchFailure {
        removeStale(living);
        String ip = SystemTool.require("ip");
        String name = plan.interfaceName(index);
        int mtu = mtu();
        feed(
                List.of(ip, "-batch", "-"),
                """
                link add %1$s mtu %4$d type veth peer name eth0 mtu %4$d netns %3$d
                link set %1$s addrgenmode none
                address add %2$s/30 dev %1$s
                link set %1$s up
                """
                        .formatted(name, plan.machineAddress(index), keeper.pid(), mtu));
        feed(
                List.of(
                        SystemTool.require("nsenter"),
                        "--target",
                        Long.toString(keeper.pid()),
                        "--net",
                        "--",
                        ip,
                        "-batch",
                        "-"),
                """
                link set lo up
                link set eth0 addrgenmode none
                address add %1$s/30 dev eth0
                link set eth0 up
                route add default via %2$s
                """
                        .formatted(plan.workspaceAddress(index), plan.machineAddress(index)));
        rules();
    }

    private void rules() throws LaunchFailure {
        String nft = SystemTool.require("nft");
        try {
            boolean forwards = Files.readString(FORWARDING).strip().equals("1");
            boolean byUs = forwards && wasOff(nft);
            feed(
                    List.of(nft, "-f", "-"),
                    new PacketRules(plan).text(forwards && !byUs, linesOutside()));
            if (!forwards) {
                // Last: before the rules stood, the machine would have forwarded for anybody.
                Files.write(FORWARDING, "1".getBytes(US_ASCII));
            }
        } catch (IOException e) {
            throw failure("The machine cannot forward packets: " + e.getMessage());
        }
    }

    /** Whether a home of ours switched the machine's forwarding on; the rules remember it. */
    private static boolean wasOff(String nft) throws LaunchFailure {
        return Ran.quietly(List.of(nft, "list", "chains", "inet"), PATIENCE).lines().stream()
                .anyMatch(line -> line.contains("forwarding_was_off"));
    }

    /** Removes a workspace's way out; after the last one, the rules too. */
    synchronized void remove(int index) throws LaunchFailure {
        reserved.remove(index);
        String name = plan.interfaceName(index);
        removeLink(name);
        awaitGone(name);
        if (names().isEmpty()) {
            removeRules();
        }
    }

    private void removeStale(Collection<Integer> living) throws LaunchFailure {
        Set<String> kept =
                living.stream()
                        .map(plan::interfaceName)
                        .collect(Collectors.toCollection(HashSet::new));
        reserved.forEach(index -> kept.add(plan.interfaceName(index)));
        for (String name : names()) {
            if (!kept.contains(name)) {
                removeLink(name);
            }
        }
    }

    private void removeRules() throws LaunchFailure {
        Optional<String> nft = SystemTool.find("nft");
        if (nft.isEmpty()) {
            return;
        }
        boolean byUs = wasOff(nft.get());
        Ran.quietly(List.of(nft.get(), "delete", "table", "inet", plan.table()), PATIENCE);
        if (byUs && !wasOff(nft.get())) {
            try {
                Files.write(FORWARDING, "0".getBytes(US_ASCII));
            } catch (IOException e) {
                throw failure("The machine goes on forwarding packets: " + e.getMessage());
            }
        }
    }

    private static void removeLink(String name) throws LaunchFailure {
        Optional<String> ip = SystemTool.find("ip");
        if (ip.isPresent() && Files.exists(INTERFACES.resolve(name))) {
            Ran.quietly(List.of(ip.get(), "link", "delete", name), PATIENCE); // may be gone by now
        }
    }

    /** The kernel takes a dying network apart in its own time; until then its interface is still listed. */
    private static void awaitGone(String name) {
        long deadline = System.nanoTime() + GONE.toNanos();
        while (Files.exists(INTERFACES.resolve(name)) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private List<String> names() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .filter(name -> name.startsWith(plan.prefix()))
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Neither bridges nor pairs: those are laid by container engines, which want their packets forwarded. */
    private static List<String> linesOutside() throws IOException {
        try (Stream<Path> all = Files.list(INTERFACES)) {
            return all.filter(each -> !Files.exists(each.resolve("bridge")))
                    .filter(WorkspaceNetworks::isNoPair)
                    .map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> !name.equals("lo") && NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Of a virtual pair each names the other as its iflink. */
    private static boolean isNoPair(Path each) {
        try {
            return Files.readString(each.resolve("iflink"))
                    .equals(Files.readString(each.resolve("ifindex")));
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    /** That of the way out: larger packets would be lost where nobody may tell the sender. */
    private static int mtu() {
        try (var lines = Files.lines(Path.of("/proc/net/route"))) {
            Optional<String> way =
                    lines.map(line -> line.split("\t"))
                            .filter(fields -> fields.length > 7 && fields[1].equals("00000000"))
                            .map(fields -> fields[0])
                            .findFirst();
            NetworkInterface out = way.isPresent() ? NetworkInterface.getByName(way.get()) : null;
            return out == null ? USUAL_MTU : Math.clamp(out.getMTU(), 576, 9000);
        } catch (IOException e) {
            return USUAL_MTU;
        }
    }

    private static void feed(List<String> command, String input) throws LaunchFailure {
        Ran ran = Ran.fed(new ProcessBuilder(command), input.getBytes(UTF_8), PATIENCE);
        if (ran.status() != 0) {
            throw failure(
                    Path.of(command.getFirst()).getFileName()
                            + " failed: "
                            + (ran.lines().isEmpty()
                                    ? "status " + ran.status()
                                    : ran.lines().getFirst()));
        }
    }

    private static LaunchFailure failure(String message) {
        return new LaunchFailure(message, List.of());
    }
}
