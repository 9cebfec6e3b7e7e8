package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits until every service answers through the tunnel, and through nothing but the tunnel.
 *
 * <p>The door holds a forward while it starts the workspace, so one question may wait long; a virtual thread asks it
 * while the caller's thread shows the time.
 */
final class Readiness {
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration ONE_QUESTION = Duration.ofMinutes(2);
    private static final Duration NOTHING_LISTENS = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final SshRun ssh;
    private final Verdict verdict;
    private final Screen screen;

    Readiness(SshRun ssh, Verdict verdict, Screen screen) {
        this.ssh = ssh;
        this.verdict = verdict;
        this.screen = screen;
    }

    void await(Forward forward) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            int before = ssh.conversation().connectionsTo(forward.local());
            ServiceProbe.Answer answer = ask(forward, start);
            if (ServiceProbe.isReady(forward.service(), answer)) {
                checkOurs(forward, before);
                return;
            }
            checkRefusal(forward, start);
            if (since(start).compareTo(MOST) > 0) {
                throw new TunnelEnded(
                        ExitStatus.FAILED,
                        forward.service().name()
                                + " did not answer within "
                                + MOST.toMinutes()
                                + " minutes.",
                        "Look at its log: ssh HOST keyhole logs");
            }
            ssh.conversation().await(BETWEEN, ssh.conversation()::hasEnded);
        }
    }

    private ServiceProbe.Answer ask(Forward forward, long start) throws InterruptedException {
        AtomicReference<Optional<ServiceProbe.Answer>> answer =
                new AtomicReference<>(Optional.empty());
        Thread asker =
                Thread.ofVirtual()
                        .name("probe " + forward.service().name())
                        .start(() ->
                                answer.set(Optional.of(ServiceProbe.ask(forward, ONE_QUESTION))));
        while (!asker.join(Duration.ofMillis(200))) {
            show(forward, start);
            checkAlive();
        }
        checkAlive();
        return answer.get().orElse(new ServiceProbe.Answer.Closed());
    }

    /** What counts up in the news ticks; what comes before it is worth a line of its own. */
    private void show(Forward forward, long start) {
        String[] news = ssh.conversation().news().orElse("").split(", ", 2);
        String step = news[0].isEmpty() ? "" : ": " + news[0];
        String more = news.length < 2 ? "" : news[1] + ", ";
        screen.progress(
                "starting " + forward.service().name() + step,
                more + since(start).toSeconds() + " s");
    }

    private void checkAlive() {
        if (ssh.conversation().hasEnded()) {
            throw new TunnelEnded(verdict.of(ssh.conversation()));
        }
    }

    private void checkRefusal(Forward forward, long start) throws InterruptedException {
        Conversation conversation = ssh.conversation();
        AtomicReference<Optional<ForwardRefusal>> found = new AtomicReference<>(Optional.empty());
        // The closed connection and the line that explains it arrive by different ways.
        conversation.await(
                Duration.ofMillis(300),
                () -> {
                    found.set(conversation.takeRefusal(forward.local()));
                    return found.get().isPresent();
                });
        Optional<ForwardRefusal> refusal = found.get();
        if (refusal.isPresent()
                && (!refusal.get().mayPass() || since(start).compareTo(NOTHING_LISTENS) > 0)) {
            throw new TunnelEnded(refusal.get().ending(forward.service()));
        }
    }

    private void checkOurs(Forward forward, int before) throws InterruptedException {
        Conversation conversation = ssh.conversation();
        boolean seen =
                conversation.await(
                        Duration.ofSeconds(2),
                        () -> conversation.connectionsTo(forward.local()) > before);
        if (!seen || !ssh.owns(forward.local())) {
            throw new TunnelEnded(
                    ExitStatus.PORT_TAKEN,
                    "Another program answers on local port "
                            + forward.local()
                            + " instead of the tunnel.",
                    "Name another port with --local.");
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
