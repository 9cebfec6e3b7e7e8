package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Has nftables drop new connections of banned sources to the door's port. Needs root's rights over the network and nft.
 * Thread-safe: one at a time.
 *
 * <p>Somebody may flush all rules of the machine, as a restart of its firewall does; the next drop makes the table anew.
 *
 * <p>The table ends with the door. Of one that was killed it stays until the next start or {@code keyhole down}, and its
 * sources until their time is over.
 */
public final class PacketDrops implements KernelTable, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOT_THERE = "No such file or directory";

    private final DropRules rules;
    private final Gateways gateways;
    private Optional<ListenAddress> standsFor = Optional.empty(); // guarded by this
    private String whyNot = "The kernel drops nothing for this door yet."; // guarded by this

    public PacketDrops(HomeLayout home) {
        this(DropRules.of(home.home()), new Gateways());
    }

    PacketDrops(DropRules rules, Gateways gateways) {
        this.rules = rules;
        this.gateways = gateways;
    }

    /**
     * From now on there is a table, without any source.
     *
     * @return why there is none; one sentence or two for a person
     */
    public synchronized Optional<String> stand(ListenAddress door) {
        Optional<String> trouble = stands(door);
        trouble.ifPresent(why -> whyNot = why);
        return trouble;
    }

    private Optional<String> stands(ListenAddress door) {
        if (door.socket().isPresent()) {
            return Optional.of("A door on a unix socket gets no packets.");
        }
        if (SystemTool.find("nft").isEmpty()) {
            return Optional.of("There is no nft; install nftables.");
        }
        try {
            run(rules.text(door));
            standsFor = Optional.of(door);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage() + ".");
        }
    }

    @Override
    public synchronized void drop(SourceGroup source, Duration time) throws IOException {
        ListenAddress door = standing();
        if (gateways.include(source)) {
            throw new IOException(
                    source
                            + " is this machine's own gateway: everybody may arrive from there, so it is not dropped");
        }
        long seconds = Math.clamp(time.toSeconds(), 1, LONGEST.toSeconds());
        String change = rules.drop(source, seconds);
        Ran ran = nft(change);
        if (isNotThere(ran)) {
            run(rules.text(door) + change);
        } else if (ran.status() != 0) {
            throw failed(ran);
        }
    }

    @Override
    public synchronized void lift(SourceGroup source) throws IOException {
        standing();
        Ran ran = nft(rules.lift(source));
        if (ran.status() != 0 && !isNotThere(ran)) {
            throw failed(ran);
        }
    }

    @Override
    public synchronized void liftAll() throws IOException {
        standing();
        Ran ran = nft(rules.liftAll());
        if (ran.status() != 0 && !isNotThere(ran)) {
            throw failed(ran);
        }
    }

    /** What somebody flushed meanwhile counts as standing: the next drop makes it anew. */
    @Override
    public synchronized void requireTable() throws IOException {
        standing();
    }

    private ListenAddress standing() throws IOException {
        return standsFor.orElseThrow(() -> new IOException(whyNot));
    }

    private static boolean isNotThere(Ran ran) {
        return ran.status() != 0 && ran.lines().stream().anyMatch(line -> line.contains(NOT_THERE));
    }

    /** Removes the table, also what a former door left. */
    @Override
    public synchronized void close() throws IOException {
        standsFor = Optional.empty();
        if (OsUser.current().isRoot() && SystemTool.find("nft").isPresent()) {
            nft(rules.remove()); // where it may not, there is none
        }
    }

    private void run(String text) throws IOException {
        Ran ran = nft(text);
        if (ran.status() != 0) {
            throw failed(ran);
        }
    }

    private static Ran nft(String text) throws IOException {
        try {
            ProcessBuilder nft = new ProcessBuilder(List.of(SystemTool.require("nft"), "-f", "-"));
            nft.environment().put("LC_ALL", "C");
            return Ran.fed(nft, text.getBytes(US_ASCII), PATIENCE);
        } catch (LaunchFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static IOException failed(Ran ran) {
        return new IOException(
                "nft failed: "
                        + (ran.lines().isEmpty()
                                ? "status " + ran.status()
                                : ran.lines().getFirst()));
    }
}
