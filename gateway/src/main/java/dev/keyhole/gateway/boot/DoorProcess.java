package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.ConfigReader;
import dev.keyhole.gateway.config.ConfigReading;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The door's own process, without rights: everything that needs some is asked of the broker. */
public final class DoorProcess {
    static final Duration DRAIN = Duration.ofSeconds(30);

    private DoorProcess() {}

    /**
     * Keeps the door open until a signal comes or the input ends, which it does when the parent dies.
     *
     * @param out told when the door listens
     */
    public static ExitStatus run(Path configFile, Ground ground, InputStream in, PrintStream out)
            throws CannotStart {
        StopSignals signals = StopSignals.install();
        Config config = read(configFile);
        try (DoorHere door =
                DoorHere.open(
                        config, ConfiguredKeys.of(config).keys(), ground.throughBroker(config))) {
            out.println(new DoorChild.Listening(door.port(), door.hostKey()).line());
            out.flush();
            Thread.ofPlatform().name("parent-watch").daemon().start(() -> untilEnd(in, signals));
            signals.await();
            door.drain(DRAIN);
            return ExitStatus.DONE;
        } catch (InterruptedException e) {
            return ExitStatus.DONE; // the second signal: at once
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "The door did not close in order: " + e.getMessage(), e);
        }
    }

    private static void untilEnd(InputStream in, StopSignals signals) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as good as its end
        }
        if (!signals.isAsked()) {
            signals.stop();
        }
    }

    private static Config read(Path file) throws CannotStart {
        try {
            ConfigReading reading = new ConfigReader().read(Files.readString(file), Path.of("/"));
            if (reading instanceof ConfigReading.Valid(Config config, var notices)) {
                return config;
            }
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "The door cannot read " + file + ": " + e.getMessage(), e);
        }
        throw new CannotStart(
                ExitStatus.FAILED, file + " is no config; only `up` and `serve` write it.");
    }
}
