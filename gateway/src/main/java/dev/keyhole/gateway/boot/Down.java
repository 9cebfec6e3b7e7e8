package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** {@code keyhole down}: ends the door of a home and what runs behind it. Used by one thread. */
public final class Down {
    private static final Duration DRAIN = DoorProcess.DRAIN.plusSeconds(15);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HomeLayout home;
    private final boolean keepWorkspaces;
    private final Ground ground;
    private final ProgressLine progress;

    public Down(HomeLayout home, boolean keepWorkspaces, Ground ground, ProgressLine progress) {
        this.home = home;
        this.keepWorkspaces = keepWorkspaces;
        this.ground = ground;
        this.progress = progress;
    }

    /** @throws CannotStart when there is no such home, or what runs there may not be ended */
    public ExitStatus run() throws CannotStart {
        if (!Files.isDirectory(home.run())) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "There is no home at "
                            + home.home()
                            + ". Name the one that `keyhole up` printed with --home DIR.");
        }
        boolean closed = closeDoor();
        boolean stopped = !keepWorkspaces && stopWorkspaces();
        clearDrops();
        if (!closed && !stopped) {
            progress.say("Nothing runs on " + home.home() + ".");
        }
        return ExitStatus.DONE;
    }

    private boolean closeDoor() throws CannotStart {
        Optional<HomeLock.Owner> owner = HomeLock.owner(home);
        if (owner.isEmpty()) {
            return false;
        }
        ProcessId process = owner.get().process();
        progress.step("closing the door: open forwards may end within 30 s");
        if (!process.askToEnd() && process.isAlive()) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The door (pid "
                            + process.pid()
                            + ") belongs to another user. Run this as that user, or with sudo.");
        }
        if (!ended(process, DRAIN)) {
            process.kill();
            if (!ended(process, AFTER_KILL)) {
                throw new CannotStart(
                        ExitStatus.FAILED,
                        "The door (pid " + process.pid() + ") does not end. Look at " + home.log());
            }
        }
        progress.say("The door is closed.");
        return true;
    }

    private static boolean ended(ProcessId process, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private boolean stopWorkspaces() throws CannotStart {
        try (HomeLock lock =
                HomeLock.take(home, "down")
                        .orElseThrow(() ->
                                new CannotStart(
                                        ExitStatus.FAILED,
                                        "Another keyhole has just started on this home. Try again."))) {
            boolean any = StoppedWorkspaces.of(home, ground.launcher(home), progress);
            forgetWhatRan();
            return any;
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The home "
                            + home.home()
                            + " cannot be changed: "
                            + e.getMessage()
                            + ". Run this as its owner, or with sudo.",
                    e);
        }
    }

    /** Those of a door that was killed; whoever starts at this moment makes them anew. */
    private void clearDrops() throws CannotStart {
        try {
            Optional<HomeLock> lock = HomeLock.take(home, "down");
            if (lock.isPresent()) {
                try (HomeLock held = lock.get()) {
                    ground.clearDrops(home);
                }
            }
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The kernel's packet rules of this door cannot be removed: " + e.getMessage(),
                    e);
        }
    }

    /** Everybody who has a workspace on a home, also who stands in no config. */
    static TreeSet<PrincipalName> owners(HomeLayout home) throws IOException {
        TreeSet<PrincipalName> owners = new TreeSet<>();
        if (Files.isDirectory(home.workspaces())) {
            try (Stream<Path> names = Files.list(home.workspaces())) {
                names.map(name -> String.valueOf(name.getFileName()))
                        .filter(name -> name.matches("[a-z][a-z0-9_-]{0,23}"))
                        .forEach(name -> owners.add(new PrincipalName(name)));
            }
        }
        return owners;
    }

    private void forgetWhatRan() throws IOException {
        DoorKeeper.forgetReadiness(home);
        BrokerPlace.clear(home);
        Files.deleteIfExists(home.doorConfig());
        ControlPlace.clear(home);
    }
}
