package dev.keyhole.system.start;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The audit's disk becomes read-only under an open door, as ext4 makes it after an error (errors=remount-ro). A remount by
 * hand would not do: the kernel refuses it while a file is open for writing. For the same reason it comes back only by
 * being mounted anew, so with a restart of the door.
 */
@ExtendWith(NoLeaks.class)
final class ReadOnlyDiskTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final DoorSetup setup = DoorSetup.usual();
    private final Path audit = setup.home().resolve("audit");
    private final Path image = setup.place().resolve("disk");

    /** A first door makes the directory as it must be; then it moves to a disk of its own. */
    @BeforeEach
    void moveTheAuditToItsOwnDisk() {
        assumeTrue(OtherUser.weAreRoot(), "only root can mount a disk");
        run("truncate", "-s", "64M", image.toString());
        run("mkfs.ext4", "-q", "-e", "remount-ro", image.toString());
        assumeTrue(
                Ran.of(SHORT, "losetup", "-f").exit() == 0,
                "without loop devices there is no disk");
        Door.up(setup).stop();
        Path copy = setup.place().resolve("copy");
        run("cp", "-a", audit.toString(), copy.toString());
        mount();
        run("cp", "-a", copy + "/.", audit.toString());
    }

    @AfterEach
    void leaveNothing() {
        if (Ran.of(SHORT, "mountpoint", "-q", audit.toString()).exit() == 0) {
            run("umount", audit.toString());
        }
        Places.remove(setup.place());
    }

    private static String run(String... words) {
        return Ran.of(SHORT, words).orFail().stdout().strip();
    }

    private void mount() {
        run("mount", "-o", "loop", image.toString(), audit.toString());
    }

    private void breakIt() throws IOException {
        String device = run("findmnt", "-n", "-o", "SOURCE", audit.toString());
        Path error = Path.of("/sys/fs/ext4", device.replace("/dev/", ""), "trigger_fs_error");
        assumeTrue(Files.exists(error), "this kernel's ext4 has no errors to order");
        Files.writeString(error, "1");
        assertThat(Ran.of(SHORT, "touch", audit.resolve("x").toString()).stderr())
                .contains("Read-only file system");
    }

    @Test
    void newLoginsAreRefusedWhoIsInGoesOnAndTheNextDoorFindsEverythingWhole() throws IOException {
        Door door = Door.up(setup);
        int letIn = 2; // the tunnel, and the one at the end
        try {
            try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"));
                    Socket open =
                            new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
                assertThat(answer(open)).contains("200 OK");
                breakIt();

                letIn += awaitRefusal(door);
                assertThat(answer(open)).contains("200 OK");
                assertThat(tunnel.isOpen()).isTrue();
                assertThat(door.keyhole("health").all()).contains("AUDIT_UNAVAILABLE");
            }
            door.stop();
            mountAnew();
            door = door.upAgain();

            door.ssh().run("keyhole", "services").orFail();
            door.keyhole("audit", "verify").orFail();
            assertThat(door.audit().events())
                    .filteredOn(event -> event.action().equals("login"))
                    .as("who was refused is not said to have been let in")
                    .hasSize(letIn);
            assertThat(door.audit().events())
                    .anyMatch(event ->
                            event.action().equals("session-ended")
                                    && event.text("event.reason").equals("closed by recovery"));
        } finally {
            if (!Processes.of(setup.home()).isEmpty()) {
                door.stop(); // nothing is removed yet: the disk is still mounted
            }
        }
    }

    /** How many got in before. */
    private static int awaitRefusal(Door door) {
        AtomicInteger letIn = new AtomicInteger();
        Awaitility.await("a login is refused")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    Ran ran = door.ssh().run("keyhole", "services");
                    letIn.addAndGet(ran.exit() == 0 ? 1 : 0);
                    return ran.stderr().contains("AUDIT_UNAVAILABLE");
                });
        return letIn.get();
    }

    private void mountAnew() {
        run("umount", audit.toString());
        int checked = Ran.of(SHORT, "e2fsck", "-fy", image.toString()).exit();
        assertThat(checked).as("0, or 1 for a disk that was corrected").isLessThan(2);
        mount();
    }

    /** One more request on a connection that stays open. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        socket.getOutputStream()
                .write("GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        StringBuilder text = new StringBuilder();
        while (text.indexOf("}") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("%s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}
