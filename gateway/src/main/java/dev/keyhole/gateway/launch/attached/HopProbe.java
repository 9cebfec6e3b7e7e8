package dev.keyhole.gateway.launch.attached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Activity;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.ServiceProbe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks services behind a hop whether they answer: Jupyter and TensorBoard speak HTTP, of others a connection is enough.
 * Thread-safe; one question takes as long as {@link Hops} says, and the patience for its answer.
 */
public final class HopProbe implements ServiceProbe {
    private static final Pattern HTTP = Pattern.compile("HTTP/1\\.[01] \\d{3}");
    private static final int STATUS_LINE = 12;

    private final Hops hops;
    private final Duration patience;

    public HopProbe(Hops hops, Duration patience) {
        this.hops = hops;
        this.patience = patience;
    }

    @Override
    public boolean answers(RunningService service) {
        if (!(service.endpoint() instanceof Endpoint.Hop hop)) {
            return false;
        }
        try {
            return answers(hop, service.service());
        } catch (HopFailure e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The same for one that may never have answered.
     *
     * @throws HopFailure when nothing listens there, or the host cannot be reached
     */
    public boolean answers(Endpoint.Hop hop, ServiceName service)
            throws HopFailure, InterruptedException {
        try (ByteStream stream = hops.connect(hop.host(), hop.destination(), hop.port())) {
            return !speaksHttp(service) || HTTP.matcher(statusLine(stream, service)).lookingAt();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean speaksHttp(ServiceName service) {
        return service.equals(ServiceName.JUPYTER) || service.equals(ServiceName.TENSORBOARD);
    }

    private String statusLine(ByteStream stream, ServiceName service) throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Executor later =
                CompletableFuture.delayedExecutor(
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS,
                        task -> Thread.ofVirtual().start(task));
        later.execute(() -> end(stream, over));
        String path = service.equals(ServiceName.JUPYTER) ? "/api" : "/";
        ByteBuffer request =
                US_ASCII.encode(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        while (request.hasRemaining()) {
            stream.write(request);
        }
        ByteBuffer answer = ByteBuffer.allocate(STATUS_LINE);
        while (answer.hasRemaining() && stream.read(answer) >= 0) {
            // until the first line's beginning is there
        }
        over.complete(null);
        return new String(answer.array(), 0, answer.position(), US_ASCII);
    }

    private static void end(ByteStream stream, CompletableFuture<Void> over) {
        if (!over.isDone()) {
            try {
                stream.close();
            } catch (IOException e) {
                // it is closed
            }
        }
    }

    /** A host that is stopped frees nothing of ours, so it never counts as idle. */
    @Override
    public Activity activity(RunningService service) {
        return Activity.UNKNOWN;
    }
}
