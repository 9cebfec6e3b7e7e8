package dev.keyhole.system.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a workspace lives that nobody uses, with a real notebook and hours made seconds. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdleTest {
    /** A kernel that is busy for as long as the file is there. */
    private static final String BUSY =
            "import threading, time, os\nopen('busy','w').close()\nwhile os.path.exists('busy'): time.sleep(0.2)";

    private final ServedDoor door =
            ServedDoor.of("workspace: {idle-after: 10s, keep-most: 24h}", "ada");

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void aBusyKernelKeepsItThenItIsAnnouncedAndStoppedAndANewLoginStartsIt() throws Exception {
        Process page = statusPage();
        try (Tunnel old = door.ssh("ada").tunnelTo(8888)) {
            Thread cell = busyCell(old);
            Awaitility.await("the kernel is busy")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status().contains("1 busy kernel"));
            old.close();
            cell.join();
            int mark = door.audit().size();
            Awaitility.await("what keeps it is the kernel alone")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> status().contains("kept by: 1 busy kernel\n"));
            Awaitility.await("busy for longer than it may be idle")
                    .pollDelay(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> status().contains("kept by: 1 busy kernel"));
            assertThat(door.audit().since(mark))
                    .noneMatch(event -> event.action().startsWith("workspace-stop"));

            Files.delete(door.homeOf("ada").resolve("busy"));
            Awaitility.await("nothing is open")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> status().contains("because nothing is open"));
            assertThat(idle().get("state").getAsString()).isEqualTo("stops");
            assertThat(idle().get("secondsLeft").getAsInt()).isLessThanOrEqualTo(10);
            Awaitility.await("it is stopped")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> stopped(mark));
            var events = door.audit().since(mark);
            assertThat(events)
                    .filteredOn(event -> event.action().startsWith("workspace-stop"))
                    .extracting(event -> event.action())
                    .startsWith("workspace-stop-announced")
                    .endsWith("workspace-stopped");
            assertThat(events.getLast().text("event.reason"))
                    .isEqualTo("idle for 10 s: no forward, busy kernel, terminal or browser");
            assertThat(shown(page)).contains("will stop at").contains("keyhole keep");
        } finally {
            page.destroy();
            page.waitFor();
        }
    }

    @Test
    void anOlderSessionIsToldAndANewLoginStartsItAgain() {
        try (Tunnel old = door.ssh("ada").tunnelTo(8888)) {
            get(old).orFail();
            int mark = door.audit().size();
            Awaitility.await("it is stopped under an open session without forward")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> stopped(mark)); // without a login, which would be a use
            assertThat(get(old).exit()).isNotZero();
            assertThat(old.output()).contains("WORKSPACE_STOPPED").contains("idle for 10 s");
            try (Tunnel fresh = door.ssh("ada").tunnelTo(8888)) {
                get(fresh).orFail();
            }
        }
    }

    @Test
    void aKeepHoldsItOverARestartOfTheDoorUntilItIsGivenUp() {
        door.ssh("ada").run("keyhole", "start").orFail();
        assertThat(door.ssh("ada").run("keyhole", "keep", "2h").orFail().stdout())
                .contains("is kept until")
                .contains("2 h 0 min");
        door.restart();
        assertThat(status()).contains("kept by: keep until").contains("by ada");
        int mark = door.audit().size();
        Awaitility.await("unused for longer than it may be idle")
                .pollDelay(Duration.ofSeconds(13))
                .atMost(Duration.ofSeconds(20))
                .until(() -> status().contains("kept by: keep until"));
        door.ssh("ada").run("keyhole", "keep", "off").orFail();
        assertThat(status()).contains("would stop at");
        assertThat(door.audit().since(mark))
                .anyMatch(event -> event.action().equals("workspace-keep-ended"));
        Ran tooLong = door.ssh("ada").run("keyhole", "keep", "25h");
        assertThat(tooLong.exit()).isEqualTo(2);
        assertThat(tooLong.stdout()).contains("at most 1d");
    }

    private Process statusPage() throws IOException {
        return new ProcessBuilder(door.ssh("ada").with("-T").command())
                .redirectErrorStream(true)
                .start();
    }

    private static String shown(Process page) throws IOException {
        byte[] bytes = new byte[page.getInputStream().available()];
        return new String(bytes, 0, page.getInputStream().read(bytes), UTF_8);
    }

    /** Ends when its tunnel does; the kernel goes on. */
    private static Thread busyCell(Tunnel tunnel) {
        Notebook notebook = Notebook.through(tunnel);
        String kernel = notebook.startKernel();
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        notebook.run(kernel, BUSY);
                    } catch (AssertionError e) {
                        // the tunnel was closed under it
                    }
                });
    }

    private String status() {
        return door.ssh("ada").run("keyhole", "status").orFail().stdout();
    }

    private boolean stopped(int mark) {
        return door.audit().since(mark).stream()
                .anyMatch(event -> event.action().equals("workspace-stopped"));
    }

    private JsonObject idle() {
        String json = door.ssh("ada").run("keyhole", "status", "--json").orFail().stdout();
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("idle");
    }

    private static Ran get(Tunnel tunnel) {
        return Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url("/api").toString());
    }
}
