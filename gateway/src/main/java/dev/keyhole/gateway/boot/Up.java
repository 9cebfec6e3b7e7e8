package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Optional;

/** {@code keyhole up}: one machine, one principal, no config. Used by one thread. */
public final class Up {
    private final UpRequest request;
    private final Config config;
    private final Ground ground;
    private final boolean json;
    private final PrintStream out;
    private final ProgressLine progress;
    private final Ending ending;
    private final HomeLayout home;

    /**
     * @param json whether {@code out} gets the line for scripts instead of the text for people; everything else goes to
     *     {@code progress}
     */
    public Up(
            UpRequest request,
            Ground ground,
            boolean json,
            PrintStream out,
            ProgressLine progress) {
        this(request, ground, json, out, progress, Ending.OF_THE_DOOR);
    }

    Up(
            UpRequest request,
            Ground ground,
            boolean json,
            PrintStream out,
            ProgressLine progress,
            Ending ending) {
        this.request = request;
        this.config = request.config();
        this.ground = ground;
        this.json = json;
        this.out = out;
        this.progress = progress;
        this.ending = ending;
        this.home = new HomeLayout(request.home());
    }

    /**
     * Whether the door of that home is kept already; then its ready line was printed. To be asked before keys are
     * looked for, because a second start needs none.
     *
     * @throws CannotStart when it is kept by something that has no ready line
     */
    public static boolean isAnswered(
            HomeLayout home, boolean json, PrintStream out, ProgressLine progress)
            throws CannotStart {
        return new AnotherUp(home, json, out, progress).answered();
    }

    /** Opens the door and keeps it open; or, when it is open already, says so and returns. */
    public ExitStatus run() throws CannotStart {
        AnotherUp another = new AnotherUp(home, json, out, progress);
        while (true) {
            if (another.answered()) {
                return ExitStatus.DONE;
            }
            try {
                return keeper().keep(request.tensorflow(), this::ready);
            } catch (DoorKeeper.AlreadyKept e) {
                progress.step("another start is ahead of this one"); // then it answers above
            }
        }
    }

    /**
     * The same in the background: returns when the door is open.
     *
     * @param start starts {@code up} again, in the foreground
     */
    public ExitStatus runInBackground(Background start) throws CannotStart {
        AnotherUp another = new AnotherUp(home, json, out, progress);
        if (another.answered()) {
            return ExitStatus.DONE;
        }
        keeper().prepareHome();
        try {
            DoorKeeper.forgetReadiness(home);
            start.untilReady(home, progress);
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "The background start failed: " + e.getMessage(), e);
        }
        another.answerNow();
        return ExitStatus.DONE;
    }

    private DoorKeeper keeper() {
        return new DoorKeeper(
                "up", config, ConfiguredKeys.of(config).keys(), ground, progress, ending);
    }

    private void ready(OpenDoor door) throws IOException {
        ReadyLine line =
                new ReadyLine(
                        Advertised.choose(
                                request.advertise(),
                                Optional.ofNullable(System.getenv("SSH_CONNECTION")),
                                hostname()),
                        door.port(),
                        door.hostKey(),
                        request.principal(),
                        config.services().ports());
        String text =
                line.text()
                        + (config.listen().address().isLoopbackAddress()
                                ? "It listens on "
                                        + config.listen().address().getHostAddress()
                                        + " only: other machines cannot reach it.\n"
                                : "");
        WrittenWhole.write(home.readyText(), text, "rw-r--r--");
        WrittenWhole.write(home.readyFile(), line.json() + "\n", "rw-r--r--");
        out.print(json ? line.json() + "\n" : text);
        out.flush();
    }

    private static String hostname() {
        try {
            return Files.readString(java.nio.file.Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
