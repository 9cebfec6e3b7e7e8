package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.control.SessionView;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The sessions of a door as operators see them. Thread-safe. */
final class LiveSessions implements Sessions {
    private final Supplier<List<DoorSession>> sessions;
    private final Clock clock;

    LiveSessions(Supplier<List<DoorSession>> sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public List<SessionView> open() {
        return sessions.get().stream()
                .flatMap(session -> view(session).stream())
                .sorted(Comparator.comparing(SessionView::since).thenComparing(SessionView::id))
                .toList();
    }

    @Override
    public boolean close(SessionId id, Refusal refusal) {
        Optional<DoorSession> found =
                sessions.get().stream()
                        .filter(session -> session.principal().isPresent())
                        .filter(session -> session.arrival().session().equals(id))
                        .findFirst();
        found.ifPresent(session -> session.end(refusal));
        return found.isPresent();
    }

    private Optional<SessionView> view(DoorSession session) {
        return session.principal().map(who -> view(session, who));
    }

    private SessionView view(DoorSession session, Authenticated who) {
        DoorConnection connection = session.getService(DoorConnection.class);
        return new SessionView(
                who.arrival().session().value(),
                who.principal().value(),
                who.arrival().source().address().getHostAddress(),
                since(System.nanoTime() - who.sinceNanos()),
                Objects.requireNonNullElse(session.getClientVersion(), ""),
                who.fingerprint().value(),
                who.login(),
                connection == null ? List.of() : connection.targets(),
                session.traffic().bytesIn(),
                session.traffic().bytesOut(),
                session.traffic().idle().toSeconds());
    }

    private Instant since(long nanosAgo) {
        return clock.instant().minusNanos(nanosAgo).truncatedTo(ChronoUnit.SECONDS);
    }
}
