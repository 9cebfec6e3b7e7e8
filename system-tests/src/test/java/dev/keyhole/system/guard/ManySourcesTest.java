package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many sources at once: those who attack, and those who come back after a restart. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManySourcesTest {
    private static final int SOURCES = 1_000;
    private static final int AT_A_TIME = 50;
    private static final int LOGINS = 10;

    // A ban section without exemptions: the product's defaults.
    private final ServedDoor door = ServedDoor.of("ban: {after: 3}", "ada");

    @AfterAll
    void close() {
        door.close();
    }

    private boolean login(String address) {
        return door.ssh("ada").with("-b", address).run("keyhole", "help").exit() == 0;
    }

    @Test
    void aThousandAttackersDoNotKeepAFriendOut() throws Exception {
        assertThat(login("127.0.0.2")).isTrue();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger attacks = new AtomicInteger();
        int good = 0;
        try (ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int attacker = 0; attacker < AT_A_TIME; attacker++) {
                attackers.submit(() -> {
                    while (!over.get()) {
                        attack(attacks.incrementAndGet() % SOURCES);
                    }
                });
            }
            Awaitility.await("the attack has begun").until(() -> attacks.get() > SOURCES);
            try {
                for (int login = 0; login < LOGINS; login++) {
                    good += login("127.0.0.2") ? 1 : 0;
                }
            } finally {
                over.set(true);
            }
        }
        assertThat(good).as("good logins beside " + attacks + " attacks").isEqualTo(LOGINS);
        assertThat(door.keyhole("ban", "why", "127.0.0.2").orFail().stdout())
                .contains("not refused");
        assertThat(door.keyhole("health").exit()).isZero();
    }

    /** Connects, says something, and leaves without a login. */
    private void attack(int number) {
        try (Socket socket = new Socket()) {
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByName(
                                    "127.1." + number / 250 + "." + (number % 250 + 1)),
                            0));
            socket.connect(new InetSocketAddress("127.0.0.1", door.port()), 2_000);
            socket.getOutputStream()
                    .write("SSH-2.0-attack\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // refused or dropped, which is what it is here for
        }
    }

    @Test
    void whoComesBackAllAtOnceAfterARestartIsNotPunished() throws Exception {
        int clients = Soak.count(500, 40);
        door.restart();
        int mark = door.audit().size();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                String address = "127.2." + client / 250 + "." + (client % 250 + 1);
                all.add(
                        people.submit(() ->
                                Awaitility.await(address + " is back")
                                        .atMost(Duration.ofSeconds(60))
                                        .pollInterval(Duration.ofSeconds(1))
                                        .until(() -> login(address))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(door.audit().since(mark))
                .noneMatch(event -> event.text("event.action").equals("source-penalised"))
                .noneMatch(event -> event.text("event.action").equals("ban-placed"));
    }
}
