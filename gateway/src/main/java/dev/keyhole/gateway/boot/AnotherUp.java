package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Answers an {@code up} on a home whose door is kept already with the ready line of the one that keeps it. */
final class AnotherUp {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final HomeLayout home;
    private final boolean json;
    private final PrintStream out;
    private final ProgressLine progress;

    AnotherUp(HomeLayout home, boolean json, PrintStream out, ProgressLine progress) {
        this.home = home;
        this.json = json;
        this.out = out;
        this.progress = progress;
    }

    /**
     * False when nobody keeps the door. Waits while the other one is still starting.
     *
     * @throws CannotStart when it is kept by something that has no ready line
     */
    boolean answered() throws CannotStart {
        while (true) {
            Optional<HomeLock.Owner> owner = HomeLock.owner(home);
            if (owner.isEmpty()) {
                return false;
            }
            if (owner.get().verb().equals("serve")) {
                throw new CannotStart(
                        ExitStatus.FAILED,
                        "`keyhole serve` (pid "
                                + owner.get().process().pid()
                                + ") keeps the door of "
                                + home.home()
                                + ". Choose another --home, or end it with `keyhole down --home "
                                + home.home()
                                + "`.");
            }
            if (Files.exists(home.readyFile())) {
                progress.say("Already up (pid " + owner.get().process().pid() + ").");
                answerNow();
                return true;
            }
            progress.step("`keyhole " + owner.get().verb() + "` is at work on this home; waiting");
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Prints what the one that keeps the door wrote. */
    void answerNow() throws CannotStart {
        try {
            out.print(Files.readString(json ? home.readyFile() : home.readyText()));
            out.flush();
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The door is open but its ready line cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
