package dev.keyhole.system.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What tcpdump sees of one port of loopback. It takes root. */
final class Capture implements AutoCloseable {
    private final Process process;
    private final Path packets;

    private Capture(Process process, Path packets) {
        this.process = process;
        this.packets = packets;
    }

    static Capture of(int port, Path directory) {
        Path packets = directory.resolve("port-" + port + ".pcap");
        Path log = directory.resolve("port-" + port + ".log");
        try {
            Process process =
                    new ProcessBuilder(
                                    "tcpdump",
                                    "-i",
                                    "lo",
                                    "-U",
                                    "--immediate-mode",
                                    "-Z",
                                    "root",
                                    "-w",
                                    packets.toString(),
                                    "tcp port " + port)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Awaitility.await("tcpdump listens")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Files.readString(log).contains("listening on"));
            return new Capture(process, packets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long size() {
        return bytes().length();
    }

    boolean holds(String text) {
        return bytes().contains(text);
    }

    private String bytes() {
        try {
            return Files.exists(packets) ? Files.readString(packets, ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
