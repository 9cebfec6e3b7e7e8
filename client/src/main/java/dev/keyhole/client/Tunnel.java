package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A tunnel from local ports to services of one's own workspace. {@link #open} lists the steps: find the route, decide
 * what the host key must be, choose the local ports, connect, wait until every service answers; then {@link #keep}.
 *
 * <p>One thread runs it; {@link #close} may be called by another and ends {@code ssh}.
 */
public final class Tunnel implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(30);
    private static final int RACES = 3;

    private final OpenRequest request;
    private final Screen screen;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    /** A leaf: {@code ssh} is started under it, nothing is waited for. */
    private final ReentrantLock startOrClose = new ReentrantLock();

    private volatile Optional<SshRun> ssh = Optional.empty();
    private volatile Optional<HostKeyRule> firstRule = Optional.empty();
    private volatile boolean closed;

    public Tunnel(OpenRequest request, Screen screen) {
        this.request = request;
        this.screen = screen;
    }

    /** The steps until every service is ready, in order. */
    public OpenTunnel open() throws InterruptedException {
        screen.progress("looking up " + request.destination().host(), "");
        Route route = Route.find(request.destination());
        List<Forward> forwards = LocalPorts.choose(request.services(), request.locals());
        HostKeyRule rule = HostKeyRule.forFirst(route, request);
        firstRule = Optional.of(rule);
        screen.progress("connecting to " + route.knownAs(), "");
        OpenTunnel tunnel = connectFirst(new OpenTunnel(route, rule, forwards));
        screen.progress("logged in", "");
        for (Forward forward : tunnel.forwards()) {
            new Readiness(running(), tunnel.verdict(), screen).await(forward);
        }
        return tunnel;
    }

    /** Shows the state and comes back after every loss of the connection, until that makes no sense any more. */
    public void keep(OpenTunnel tunnel) throws InterruptedException {
        OpenTunnel later = tunnel.withRule(tunnel.rule().forReconnect(tunnel.route()));
        long since = System.nanoTime();
        while (!closed) {
            boolean ended =
                    running().conversation().await(TICK, running().conversation()::hasEnded);
            if (ended && !isClosing()) {
                reconnect(later, tunnel.verdict().of(running().conversation()));
                since = System.nanoTime();
            }
            if (closed) {
                return;
            }
            tellRefusals(tunnel.forwards());
            screen.progress(
                    "connected", Spoken.duration(Duration.ofNanos(System.nanoTime() - since)));
        }
    }

    private OpenTunnel connectFirst(OpenTunnel planned) throws InterruptedException {
        OpenTunnel tunnel = planned;
        for (int race = 1; ; race++) {
            try {
                screen.leaveRoom();
                connect(tunnel, request.unattended());
                return tunnel;
            } catch (TunnelEnded e) {
                boolean lostRace =
                        e.ending().status() == ExitStatus.PORT_TAKEN
                                && request.locals().isEmpty()
                                && race < RACES;
                if (!lostRace) {
                    throw e;
                }
                tunnel =
                        tunnel.withForwards(
                                LocalPorts.choose(request.services(), request.locals()));
            }
        }
    }

    private void connect(OpenTunnel tunnel, boolean unattended) throws InterruptedException {
        SshCommand command =
                new SshCommand(
                        tunnel.route(),
                        tunnel.forwards(),
                        tunnel.rule(),
                        request.key(),
                        unattended,
                        LocalPorts.hasIpv6());
        SshRun run = start(command);
        Conversation conversation = run.conversation();
        boolean greeted =
                conversation.await(
                        LONGEST_GREETING,
                        () -> conversation.hostKey().isPresent() || conversation.hasEnded());
        if (!greeted) {
            run.close();
            throw new TunnelEnded(
                    ExitStatus.UNREACHABLE,
                    "The door took the connection and said nothing for "
                            + LONGEST_GREETING.toSeconds()
                            + " s.",
                    "Check that an SSH server listens there.");
        }
        // From here a person may be asked for a passphrase or a touch: no limit but the door's own.
        conversation.await(
                Duration.ofMinutes(unattended ? 1 : 10),
                () ->
                        conversation.hasEnded()
                                || (conversation.isLoggedIn()
                                        && conversation.isListeningOn(tunnel.forwards())));
        if (conversation.hasEnded() || !conversation.isLoggedIn()) {
            run.close();
            throw new TunnelEnded(tunnel.verdict().of(conversation));
        }
    }

    /** Never between the start of {@code ssh} and knowing it: a closed tunnel leaves no process behind. */
    private SshRun start(SshCommand command) {
        startOrClose.lock();
        try {
            if (closed) {
                throw new TunnelEnded(ExitStatus.DONE, "Closed.", "");
            }
            SshRun run = SshRun.start(command, screen::say);
            ssh = Optional.of(run);
            return run;
        } finally {
            startOrClose.unlock();
        }
    }

    private void reconnect(OpenTunnel tunnel, Ending why) throws InterruptedException {
        Ending last = why;
        while (!closed) {
            if (!last.mayPass()) {
                throw new TunnelEnded(last);
            }
            Duration wait = backoff.next();
            screen.progress("reconnecting", "(" + last.text() + ") try " + backoff.tries());
            if (running().conversation().await(wait, () -> closed)) {
                return;
            }
            try {
                connect(tunnel, request.unattended());
                backoff.reset();
                screen.progress("connected again", "");
                return;
            } catch (TunnelEnded e) {
                last = e.ending();
            }
        }
    }

    /** Ctrl-C reaches {@code ssh} too, perhaps a moment before it reaches us. */
    private boolean isClosing() throws InterruptedException {
        return running().conversation().await(Duration.ofMillis(300), () -> closed);
    }

    private void tellRefusals(List<Forward> forwards) {
        for (Forward forward : forwards) {
            running()
                    .conversation()
                    .takeRefusal(forward.local())
                    .map(refusal -> refusal.ending(forward.service()))
                    .ifPresent(ending -> screen.say(ending.text() + " " + ending.nextMove()));
        }
    }

    private SshRun running() {
        return ssh.orElseThrow();
    }

    @Override
    public void close() {
        firstRule.ifPresent(HostKeyRule::forget);
        startOrClose.lock();
        try {
            closed = true;
        } finally {
            startOrClose.unlock();
        }
        ssh.ifPresent(run -> {
            run.conversation().wake();
            run.close();
        });
    }
}
