package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;

/** {@code keyhole serve}: the daemon of a config file. Used by one thread. */
public final class Serve {
    private final Path file;
    private final Ground ground;
    private final ProgressLine progress;

    public Serve(Path file, Ground ground, ProgressLine progress) {
        this.file = file;
        this.ground = ground;
        this.progress = progress;
    }

    /** @throws CannotStart when the config has a problem or the door cannot be opened */
    public ExitStatus run() throws CannotStart {
        CheckedConfig checked = CheckedConfig.of(file);
        checked.notices().forEach(progress::say);
        if (!checked.problems().isEmpty()) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    String.join("\n", checked.problems())
                            + "\nNothing was started. `keyhole config check "
                            + file
                            + "` shows this again.");
        }
        Config config = checked.config();
        try {
            return new DoorKeeper(
                            "serve", config, checked.keys(), ground, progress, Ending.OF_THE_DOOR)
                    .keep(
                            false,
                            door ->
                                    progress.say(
                                            "The door listens on port "
                                                    + door.port()
                                                    + ", host key "
                                                    + door.hostKey()));
        } catch (DoorKeeper.AlreadyKept e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "Another keyhole keeps the door of "
                            + config.home()
                            + ". End it with `keyhole down --keep --home "
                            + config.home()
                            + "`.",
                    e);
        }
    }
}
