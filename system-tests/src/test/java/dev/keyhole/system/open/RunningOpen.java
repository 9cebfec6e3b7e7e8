package dev.keyhole.system.open;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code keyhole open} that runs without a terminal; what it says is in two files. */
final class RunningOpen implements AutoCloseable {
    private final Path folder;
    private final Process process;

    private RunningOpen(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static RunningOpen start(
            StandInDoor door, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "-w"));
        command.add(Path.of(System.getProperty("keyhole.checkout"), "bin", "keyhole").toString());
        command.add("open");
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DISPLAY");
        builder.environment()
                .merge("PATH", door.laptopPrograms(), (old, first) -> first + ":" + old);
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().putAll(environment);
        Process process =
                builder.redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        return new RunningOpen(folder, process);
    }

    /** Waits for its own end. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("keyhole open still runs; it said: " + said());
        }
        return process.exitValue();
    }

    /** What {@code kill} does, or Ctrl-C on a terminal. */
    int endBySignal() throws InterruptedException {
        process.destroy();
        return exitStatus();
    }

    String result() {
        return read("out");
    }

    String said() {
        return read("err");
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
