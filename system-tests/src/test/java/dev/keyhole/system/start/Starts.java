package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.Places;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts that end by themselves, because something is in their way. */
final class Starts {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Starts() {}

    /** {@code keyhole up} as set up; it must end. */
    static Ran up(DoorSetup setup) {
        return ran(setup, setup.command());
    }

    /** {@code keyhole} with these words, in the environment of a setup. */
    static Ran keyhole(DoorSetup setup, String... words) {
        List<String> command = new ArrayList<>(List.of(Places.command().toString()));
        command.addAll(List.of(words));
        return ran(setup, command);
    }

    private static Ran ran(DoorSetup setup, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(setup.environment());
        return Ran.of(PATIENCE, builder);
    }

    /** Nothing that belongs to a home runs. */
    static void assertNothingRuns(Path home) {
        assertThat(Processes.of(home)).isEmpty();
    }
}
