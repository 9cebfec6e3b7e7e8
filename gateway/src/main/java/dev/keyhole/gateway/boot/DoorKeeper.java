package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.wire.ExitStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps the one door of a home open, from the first check to the last word. {@code up} and {@code serve} differ only in
 * where the config comes from and what they say. Used by one thread.
 */
final class DoorKeeper {
    /** Somebody else keeps the door of that home. */
    static final class AlreadyKept extends Exception {
        private static final long serialVersionUID = 1L;

        AlreadyKept() {
            super("the home is locked", null, false, false);
        }
    }

    /** Told when the door listens. */
    interface OnOpen {
        void open(OpenDoor door) throws IOException;
    }

    /** For a door in this process. */
    private record WithoutBroker() implements Ground.Broker {
        @Override
        public Optional<String> doorListens(ListenAddress door) {
            return Optional.of(ThisMachine.WITHOUT_ROOT);
        }

        @Override
        public void close() {}
    }

    private final String verb;
    private final Config config;
    private final SortedMap<PrincipalName, List<AuthorizedKey>> keys;
    private final Ground ground;
    private final ProgressLine progress;
    private final Ending ending;
    private final HomeLayout home;

    /**
     * @param verb {@code up}, {@code serve} or {@code inside}
     * @param config with every usable key in it
     */
    DoorKeeper(
            String verb,
            Config config,
            SortedMap<PrincipalName, List<AuthorizedKey>> keys,
            Ground ground,
            ProgressLine progress,
            Ending ending) {
        this.verb = verb;
        this.config = config;
        this.keys = keys;
        this.ground = ground;
        this.progress = progress;
        this.ending = ending;
        this.home = new HomeLayout(config.home());
    }

    /** All that can be checked or made without touching who runs there now. */
    void prepareHome() throws CannotStart {
        PortProbe.requireFree(config.listen());
        new HomeDirectories(home, ground.separatesUsers(), ground.separateDoor()).make();
    }

    /**
     * Opens the door and keeps it open until somebody asks for the end.
     *
     * @throws AlreadyKept when another process keeps it
     * @throws CannotStart when it cannot be opened; nothing of it is left then
     */
    ExitStatus keep(boolean tensorflow, OnOpen onOpen) throws CannotStart, AlreadyKept {
        prepareHome();
        try (HomeLock lock = HomeLock.take(home, verb).orElseThrow(AlreadyKept::new)) {
            forgetReadiness(home);
            StopSignals signals = StopSignals.install();
            try {
                ground.prepare(config, tensorflow, progress);
                progress.step("opening the door");
                openUntilStopped(signals, onOpen);
            } catch (CannotStart e) {
                throw signals.isAsked() ? stoppedEarly(e) : e;
            } catch (InterruptedException e) {
                progress.say("Ended at once; forwards were cut.");
            } finally {
                forgetReadiness(home);
            }
            if (ending.takesWorkspaces()) {
                StoppedWorkspaces.of(home, ground.launcher(home), progress);
            }
            farewell();
            return ExitStatus.DONE;
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The home " + home.home() + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private void openUntilStopped(StopSignals signals, OnOpen onOpen)
            throws CannotStart, InterruptedException, IOException {
        Optional<OsUser> separate = ground.separateDoor();
        try (Closeable control = ControlPlace.open(home, separate);
                Ground.Broker broker =
                        separate.isPresent() ? ground.broker(config) : new WithoutBroker();
                OpenDoor door = separate.isPresent() ? apart(separate.get()) : here()) {
            Optional<String> noDrops = broker.doorListens(config.listen().withPort(door.port()));
            progress.done();
            onOpen.open(door);
            IsolationPart.notices(ground.isolation(config)).forEach(progress::say);
            noDrops.ifPresent(why ->
                    progress.say(
                            "no kernel drops: "
                                    + why
                                    + " Banned sources are refused by the door alone."));
            signals.await();
            progress.step(
                    "closing the door: open forwards may end within "
                            + ending.drain().toSeconds()
                            + " s; Ctrl-C again cuts them");
            door.drain(ending.drain());
        }
    }

    private OpenDoor here() throws CannotStart {
        return DoorHere.open(config, keys, ground.here(config));
    }

    private OpenDoor apart(OsUser user) throws CannotStart, InterruptedException {
        return SupervisedDoor.open(config, user, verb.equals("up"));
    }

    private static CannotStart stoppedEarly(CannotStart cause) {
        return new CannotStart(
                ExitStatus.FAILED,
                "Stopped before the door was open. What is installed so far is kept; start again to go on.",
                cause);
    }

    /** Says what still runs, because a person who pressed Ctrl-C may expect nothing to. */
    private void farewell() throws IOException {
        List<String> running = new ArrayList<>();
        for (PrincipalName owner : Down.owners(home)) {
            ground.launcher(home)
                    .running(owner)
                    .forEach(service -> running.add(service.service() + " of " + owner));
        }
        progress.say(
                running.isEmpty()
                        ? "The door is closed. Nothing runs on " + home.home() + "."
                        : "The door is closed. Still running: "
                                + String.join(", ", running)
                                + ".\n"
                                + (verb.equals("up")
                                        ? "`keyhole up --home "
                                                + home.home()
                                                + "` opens the door again; "
                                        : "The next start finds it again; ")
                                + "`keyhole down --home "
                                + home.home()
                                + "` ends what runs.");
    }

    static void forgetReadiness(HomeLayout home) throws IOException {
        for (Path file : new Path[] {home.readyFile(), home.readyText(), home.doorPid()}) {
            Files.deleteIfExists(file);
        }
    }
}
