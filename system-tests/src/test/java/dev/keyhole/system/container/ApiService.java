package dev.keyhole.system.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that serves an engine's API on a unix socket.
 *
 * @param log what it says
 */
record ApiService(Process process, Path log) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Returns when it answers on the socket; fails with its log when it ends first. */
    static ApiService start(ProcessBuilder command, Path socket, Path log) {
        try {
            Process process =
                    command.redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            ApiService service = new ApiService(process, log);
            try {
                await("the engine answers at " + socket)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> !process.isAlive() || answers(socket));
            } catch (RuntimeException e) {
                process.destroyForcibly();
                throw new AssertionError(Files.readString(log), e);
            }
            if (!process.isAlive()) {
                throw new AssertionError(command.command() + " ended:\n" + Files.readString(log));
            }
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // As much as the status line's beginning takes.
            }
            return new String(answer.array(), US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** As kill -9. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** As it wants to be ended. */
    void end() {
        process.destroy();
        ended();
    }

    private void ended() {
        await("process " + process.pid() + " ends")
                .atMost(PATIENCE)
                .until(() -> !Processes.isAlive(process.pid()));
    }
}
