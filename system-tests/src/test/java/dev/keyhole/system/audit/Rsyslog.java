package dev.keyhole.system.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real rsyslogd in the foreground, with {@code deploy/rsyslog/keyhole.conf}: only its port and its directories are
 * others. It may come and go; its files stay.
 */
final class Rsyslog implements AutoCloseable {
    private static final Pattern SEQUENCE = Pattern.compile("\"event\\.sequence\":(\\d+)");

    private final Path place;
    private final int port = Ports.free();
    private @Nullable Process daemon; // while it runs

    private Rsyslog(Path place) {
        this.place = place;
    }

    /** @param certificates absent for plain TCP */
    static Rsyslog configured(Optional<Certificates> certificates) {
        Rsyslog rsyslog = new Rsyslog(Places.fresh("rsyslog"));
        try {
            String example =
                    Files.readString(Places.checkout().resolve("deploy/rsyslog/keyhole.conf"));
            String config =
                    example.lines()
                            .filter(line ->
                                    certificates.isPresent()
                                            || !line.contains("NetstreamDriver")
                                                    && !line.contains("streamDriver."))
                            .collect(Collectors.joining("\n"))
                            .replace("/var/log/keyhole", rsyslog.place.toString())
                            .replace("\"6514\"", "\"" + rsyslog.port + "\"")
                            .replace(
                                    "/etc/rsyslog-keyhole",
                                    certificates.map(one -> one.directory().toString()).orElse(""));
            Files.writeString(rsyslog.place.resolve("rsyslog.conf"), config + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rsyslog;
    }

    Rsyslog start() {
        Process started;
        try {
            started =
                    new ProcessBuilder(
                                    "rsyslogd",
                                    "-n",
                                    "-f",
                                    place.resolve("rsyslog.conf").toString(),
                                    "-i",
                                    place.resolve("pid").toString())
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(place.resolve("out").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon = started;
        Awaitility.await("rsyslogd listens")
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new AssertionError("rsyslogd ended\n" + text("out"));
                    }
                    return Ports.accepts(port);
                });
        return this;
    }

    void stop() {
        Process running = daemon;
        daemon = null;
        if (running != null) {
            running.destroy();
            Awaitility.await("rsyslogd ends")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !running.isAlive());
        }
    }

    int port() {
        return port;
    }

    Path place() {
        return place;
    }

    /** The lines of the audit that it has received, each once, as they arrived first. */
    List<String> lines() {
        return text("audit.jsonl")
                .lines()
                .map(line -> line.replace("\uFEFF", ""))
                .distinct()
                .toList();
    }

    /** The numbers of the events that it has received, each once, in order. */
    List<Long> sequences() {
        return lines().stream().map(Rsyslog::sequence).sorted().distinct().toList();
    }

    private static long sequence(String line) {
        Matcher matcher = SEQUENCE.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("no event: " + line);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The messages with checkpoints that it has received. */
    List<String> checkpoints() {
        return text("checkpoints.jsonl").lines().toList();
    }

    private String text(String file) {
        try {
            Path found = place.resolve(file);
            return Files.exists(found) ? Files.readString(found, UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        Places.remove(place);
    }
}
