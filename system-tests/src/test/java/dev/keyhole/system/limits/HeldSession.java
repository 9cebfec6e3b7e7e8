package dev.keyhole.system.limits;

import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A session of stock ssh that does nothing and stays.
 *
 * @param id as the audit names it
 */
record HeldSession(Process process, String id) implements AutoCloseable {
    static HeldSession of(ServedDoor door, String principal) {
        int mark = door.audit().size();
        try {
            Process process =
                    new ProcessBuilder(door.ssh(principal).with("-N").command())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String id =
                    door.audit()
                            .await(mark, "login", event -> event.action().equals("login"))
                            .text("keyhole.session");
            return new HeldSession(process, id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a laptop that sleeps: it neither answers nor goes away. */
    void freeze() {
        Ran.of(Duration.ofSeconds(10), "kill", "-STOP", "" + process.pid()).orFail();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
