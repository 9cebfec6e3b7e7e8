package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.Accounts;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The launcher that the door uses where it is not allowed to start anything itself. Thread-safe: a connection for each
 * request.
 *
 * <p>Without a broker what may fail with a {@link LaunchFailure} does so, the others with {@link BrokerGone}; only
 * {@link #awaitExit} waits for its return, so that a broker that is restarted does not look like a workspace that died.
 */
public final class BrokerClient implements Launcher, OwnLoopback, Accounts, KernelTable {
    private static final int MOST_LINES = 4_096;
    private static final long BETWEEN_TRIES_MILLIS = 500;
    private static final long ANSWER_MILLIS = 2_000;

    private final Path socket;
    private final Path identity;

    /** @param socket the broker's */
    public BrokerClient(Path socket) {
        this(socket, Path.of("/nonexistent"));
    }

    /**
     * Of a door whose workspaces may be containers.
     *
     * @param identity what this door logs in with at inner doors
     */
    public BrokerClient(Path socket, Path identity) {
        this.socket = socket;
        this.identity = identity;
    }

    /** Why nothing can be asked of it now; empty while something can. Waits two seconds at most. */
    public Optional<String> trouble() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector hangUp = Selector.open()) {
            channel.shutdownOutput(); // whoever serves us hangs up when no request comes
            channel.configureBlocking(false);
            channel.register(hangUp, SelectionKey.OP_READ);
            return hangUp.select(ANSWER_MILLIS) > 0
                    ? Optional.empty()
                    : Optional.of("no answer within " + ANSWER_MILLIS + " ms");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private record Answer(List<String> lines, Optional<String> failure) {
        /** The texts of its "line" lines. */
        List<String> log() {
            return lines.stream()
                    .filter(line -> line.startsWith(AnswerLine.LINE))
                    .map(line -> line.substring(AnswerLine.LINE.length()))
                    .toList();
        }

        List<RunningService> services(PrincipalName owner, Path identity) {
            return lines.stream()
                    .flatMap(line -> AnswerLine.parse(owner, identity, line).stream())
                    .toList();
        }
    }

    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        askOrFail(new Request.Prepare(owner));
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        askOrFail(new Request.Retire(owner));
    }

    @Override
    public void limit(PrincipalName owner, Resources resources) throws LaunchFailure {
        askOrFail(new Request.Limits(owner, resources));
    }

    @Override
    public void map(PrincipalName owner, String account) throws LaunchFailure {
        askOrFail(new Request.MapUser(owner, account));
    }

    @Override
    public void unmap(PrincipalName owner) throws LaunchFailure {
        askOrFail(new Request.UnmapUser(owner));
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        List<String> lines = askOrGone(new Request.Kills(owner)).log();
        return lines.size() == 1 && lines.getFirst().matches("\\d{1,18}")
                ? Long.parseLong(lines.getFirst())
                : 0;
    }

    @Override
    public Optional<String> step(PrincipalName owner) {
        try {
            return askOrGone(new Request.Step(owner)).log().stream().findFirst();
        } catch (BrokerGone e) {
            return Optional.empty();
        }
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        try {
            return askOrGone(new Request.Isolation(owner)).lines().stream()
                    .flatMap(line -> AnswerLine.parsePart(line).stream())
                    .toList();
        } catch (BrokerGone e) {
            return List.of(IsolationPart.missing("unknown", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Optional<SocketChannel> connect(PrincipalName owner, int port) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        boolean kept = false;
        try {
            Lines lines = Lines.only(channel);
            lines.write(new Request.Connect(owner, port).line());
            String answer =
                    lines.read(AnswerLine.LONGEST)
                            .orElseThrow(() -> new IOException("no whole answer"));
            kept = answer.equals(AnswerLine.CONNECTED);
            if (answer.startsWith(AnswerLine.FAILED)) {
                throw new IOException(answer.substring(AnswerLine.FAILED.length()));
            }
            return kept ? Optional.of(channel) : Optional.empty();
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        return askOrFail(new Request.Start(owner, service)).services(owner, identity).stream()
                .filter(running -> running.service().equals(service))
                .findFirst()
                .orElseThrow(() -> gone(new IOException("the answer names no service")));
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        return askOrGone(new Request.Running(owner)).services(owner, identity);
    }

    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        askOrGone(new Request.Stop(owner, service));
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return askOrGone(new Request.Log(owner, service, Math.clamp(lines, 0, Request.MOST_LINES)))
                .log();
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            try {
                var lines = new Lines(channel);
                lines.write(new Request.Exec(owner).line());
                var frames = new Frames(channel, lines.rest());
                frames.write(new Frame.Run(command));
                switch (frames.read().orElse(null)) {
                    case Frame.Running running -> {
                        return ExecClient.over(channel, frames);
                    }
                    case Frame.Failed(String text) -> throw new LaunchFailure(text, List.of());
                    case null, default -> throw new IOException("no answer to exec");
                }
            } catch (IOException | LaunchFailure | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LaunchFailure(String.valueOf(new BrokerGone(e).getMessage()), List.of());
        }
    }

    @Override
    public void endCommands(PrincipalName owner) {
        askOrGone(new Request.EndCommands(owner));
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        var request =
                new Request.Await(
                        service.owner(), service.service(), service.pid(), service.startTime());
        while (true) {
            try {
                ask(request);
                return;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException(); // the interrupt closed the connection
                }
                new CountDownLatch(1).await(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void drop(SourceGroup source, Duration time) throws IOException {
        change(new Request.Drop(source, Math.clamp(time.toSeconds(), 1, LONGEST.toSeconds())));
    }

    @Override
    public void lift(SourceGroup source) throws IOException {
        change(new Request.Lift(source));
    }

    @Override
    public void liftAll() throws IOException {
        change(new Request.LiftAll());
    }

    @Override
    public void requireTable() throws IOException {
        change(new Request.RequireTable());
    }

    private void change(Request request) throws IOException {
        Optional<String> failure = ask(request).failure();
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
    }

    private Answer askOrFail(Request request) throws LaunchFailure {
        try {
            Answer answer = ask(request);
            if (answer.failure().isPresent()) {
                throw new LaunchFailure(answer.failure().get(), answer.log());
            }
            return answer;
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static LaunchFailure gone(IOException cause) {
        return new LaunchFailure(String.valueOf(new BrokerGone(cause).getMessage()), List.of());
    }

    private Answer askOrGone(Request request) {
        try {
            Answer answer = ask(request);
            if (answer.failure().isPresent()) {
                throw new UncheckedIOException(new IOException(answer.failure().get()));
            }
            return answer;
        } catch (IOException e) {
            throw new BrokerGone(e);
        }
    }

    private Answer ask(Request request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var lines = new Lines(channel);
            lines.write(request.line());
            List<String> body = new ArrayList<>();
            while (body.size() <= MOST_LINES) {
                String line =
                        lines.read(AnswerLine.LONGEST)
                                .orElseThrow(() -> new IOException("no whole answer"));
                if (line.equals(AnswerLine.DONE)) {
                    return new Answer(body, Optional.empty());
                }
                if (line.startsWith(AnswerLine.FAILED)) {
                    return new Answer(
                            body, Optional.of(line.substring(AnswerLine.FAILED.length())));
                }
                body.add(line);
            }
            throw new IOException("the answer is too long");
        }
    }
}
