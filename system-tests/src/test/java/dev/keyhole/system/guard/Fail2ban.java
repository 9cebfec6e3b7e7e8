package dev.keyhole.system.guard;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real fail2ban-server in the foreground on the door's machine, with the distribution's own jail.conf and actions, and
 * with the filter and the jail that {@code keyhole print fail2ban} gives.
 */
final class Fail2ban implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of("/etc/fail2ban");
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final GuardedDoor door;
    private final Path place;
    private final Process server;

    private Fail2ban(GuardedDoor door, Path place, Process server) {
        this.door = door;
        this.place = place;
        this.server = server;
    }

    static Fail2ban beside(GuardedDoor door) {
        Path place = door.place().resolve("fail2ban");
        try {
            configure(door, place);
            Process server =
                    new ProcessBuilder(
                                    door.network()
                                            .inside(
                                                    List.of(
                                                            "fail2ban-server",
                                                            "-f",
                                                            "-c",
                                                            place.toString(),
                                                            "start")))
                            .redirectErrorStream(true)
                            .redirectOutput(place.resolve("out").toFile())
                            .start();
            Fail2ban fail2ban = new Fail2ban(door, place, server);
            Awaitility.await("fail2ban watches")
                    .atMost(SHORT)
                    .until(() -> fail2ban.said().contains("Jail 'keyhole' started"));
            return fail2ban;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(GuardedDoor door, Path place) throws IOException {
        for (String name : List.of("action.d", "filter.d", "jail.d")) {
            Files.createDirectories(place.resolve(name));
        }
        for (String name :
                List.of(
                        "fail2ban.conf",
                        "jail.conf",
                        "paths-common.conf",
                        "paths-debian.conf",
                        "action.d/nftables.conf")) {
            Files.copy(DISTRIBUTION.resolve(name), place.resolve(name));
        }
        Files.writeString(
                place.resolve("fail2ban.local"),
                """
                [Definition]
                logtarget = STDOUT
                socket = %1$s/socket
                pidfile = %1$s/pid
                dbfile = None
                """
                        .formatted(place));
        Files.writeString(place.resolve("filter.d/keyhole.conf"), printed(door, "--filter"));
        Files.writeString(place.resolve("jail.d/keyhole.conf"), printed(door, "--jail"));
    }

    private static String printed(GuardedDoor door, String which) {
        return door.keyhole("print", "fail2ban", which, "--port", "" + GuardedDoor.PORT)
                .orFail()
                .stdout();
    }

    /** What it logged. */
    String said() {
        try {
            return Files.readString(place.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its packet rules, with whom it banned. */
    String table() {
        return door.network().run("nft", "list", "table", "inet", "f2b-table").stdout();
    }

    /** The addresses that its filter finds in a log, one for each line that counts. */
    static List<String> finds(GuardedDoor door, Path log) {
        Ran ran =
                Ran.of(
                        SHORT,
                        "fail2ban-regex",
                        "-o",
                        "ip",
                        log.toString(),
                        filterAlone(door).toString());
        return ran.stdout().lines().toList();
    }

    /** Printed once: it is the same for every look. */
    private static Path filterAlone(GuardedDoor door) {
        Path file = door.place().resolve("filter.conf");
        try {
            return Files.exists(file) ? file : Files.writeString(file, printed(door, "--filter"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.destroy();
        Awaitility.await("fail2ban ends").atMost(SHORT).until(() -> !server.isAlive());
    }
}
