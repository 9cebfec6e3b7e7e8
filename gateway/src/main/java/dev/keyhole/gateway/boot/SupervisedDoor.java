package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.ConfigWriter;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.wire.ExitStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A door in a process of its own, as an OS user without rights, in a session of its own so that a terminal's Ctrl-C does
 * not reach it. When it dies it is opened again, on the same port, within seconds. One thread of ours watches it.
 */
final class SupervisedDoor implements OpenDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedDoor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Config config;
    private final HomeLayout home;
    private final OsUser user;
    private final Program program;
    private final boolean logToFile;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final DoorChild.Listening listening;
    private volatile DoorChild child;

    private SupervisedDoor(Config config, OsUser user, Program program, boolean logToFile)
            throws CannotStart, InterruptedException, IOException {
        this.config = config;
        this.home = new HomeLayout(config.home());
        this.user = user;
        this.program = program;
        this.logToFile = logToFile;
        writeConfig(config.listen());
        this.child = DoorChild.start(process(), home);
        this.listening = child.listening();
        writeConfig(config.listen().withPort(listening.port()));
    }

    /**
     * Opens the door.
     *
     * @param config with every key in it, because the door cannot read the person's files
     * @param logToFile whether the door's log goes to a file under the home, or where ours goes
     */
    static SupervisedDoor open(Config config, OsUser user, boolean logToFile)
            throws CannotStart, InterruptedException {
        HomeLayout home = new HomeLayout(config.home());
        try {
            Program program = Program.current().readableByAll(home);
            SupervisedDoor door = new SupervisedDoor(config, user, program, logToFile);
            Thread.ofPlatform().name("door-watcher").daemon().start(door::watch);
            return door;
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "What the door needs cannot be written to "
                            + home.home()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void writeConfig(ListenAddress listen) throws IOException {
        String yaml = ConfigWriter.write(config.withListen(listen));
        WrittenWhole.write(home.doorConfig(), yaml, "rw-r-----");
        Files.setAttribute(
                home.doorConfig(), "unix:gid", (int) user.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    private ProcessBuilder process() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid",
                                Long.toString(user.uid()),
                                "--regid",
                                Long.toString(user.gid()),
                                "--clear-groups",
                                "--no-new-privs",
                                "--inh-caps=-all",
                                "--bounding-set=-all",
                                "setsid"));
        command.addAll(program.command(List.of("door", "--config", home.doorConfig().toString())));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        if (logToFile) {
            builder.redirectError(ProcessBuilder.Redirect.appendTo(home.doorLog().toFile()));
        } else {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TZ"));
        environment.put("HOME", "/nonexistent");
        return builder;
    }

    private void watch() {
        int failures = 0;
        try {
            while (ending.getCount() > 0) {
                long since = System.nanoTime();
                int status = child.awaitEnd();
                boolean lasted = System.nanoTime() - since > LONG_ENOUGH.toNanos();
                failures = lasted ? 0 : failures;
                do {
                    Duration pause =
                            FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
                    if (ending.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    LOG.error("The door ended with status {}; it is opened again", status);
                } while (!openedAgain());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; then nobody watches
        }
    }

    private boolean openedAgain() throws InterruptedException {
        try {
            child = DoorChild.start(process(), home);
            if (ending.getCount() == 0) {
                child.kill();
            }
            return true;
        } catch (CannotStart e) {
            LOG.error("The door cannot be opened again: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public int port() {
        return listening.port();
    }

    @Override
    public Fingerprint hostKey() {
        return listening.hostKey();
    }

    @Override
    public void drain(Duration patience) throws InterruptedException {
        ending.countDown();
        child.drain(patience);
    }

    @Override
    public void close() throws IOException {
        ending.countDown();
        child.kill();
        Files.deleteIfExists(home.doorPid());
        Files.deleteIfExists(home.doorConfig());
    }
}
