package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.audit.AuditEvent.Actor;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sessions an audit has a beginning of and no end yet: kept up while it is written, and found again in what a door
 * that was killed has left. Not thread-safe.
 */
final class OpenSessions {
    /** @param since its login */
    private record Begun(Actor actor, Instant since) {}

    private final Map<SessionId, Begun> open = new LinkedHashMap<>();
    private Instant latest = Instant.EPOCH;

    /** Follows one event that is written. */
    void follow(AuditEvent event, Instant at) {
        switch (event) {
            case AuditEvent.Login login ->
                    open.put(login.actor().session(), new Begun(login.actor(), at));
            case AuditEvent.SessionEnded ended -> open.remove(ended.actor().session());
            // A login that was refused because the disk took too long to say yes.
            case AuditEvent.LoginRefused refused -> open.remove(refused.session());
            default -> {
                // no session begins or ends
            }
        }
    }

    /** What a new segment begins with, so that it can be read without the one before. */
    List<AuditEvent> goingOn() {
        return open.values().stream()
                .<AuditEvent>map(one -> new AuditEvent.SessionGoesOn(one.actor(), one.since()))
                .toList();
    }

    /** Follows a line that is there already. */
    void follow(String line) {
        latest = time(line, "@timestamp").orElse(latest);
        switch (text(line, "event.action").orElse("")) {
            case "door-started", "door-stopped" -> open.clear();
            case "login" -> actor(line).ifPresent(who -> begin(who, latest));
            case "session-goes-on" ->
                    actor(line)
                            .ifPresent(
                                    who -> begin(who, time(line, "keyhole.since").orElse(latest)));
            case "session-ended", "login-refused" ->
                    text(line, "keyhole.session").map(SessionId::new).ifPresent(open::remove);
            default -> {
                // no session begins or ends
            }
        }
    }

    private void begin(Actor who, Instant since) {
        open.put(who.session(), new Begun(who, since));
    }

    /** The ends that are missing, as far as they are known: up to the last event. Nothing is open afterwards. */
    List<AuditEvent> endings() {
        List<AuditEvent> ends =
                open.values().stream()
                        .<AuditEvent>map(one ->
                                new AuditEvent.SessionEnded(
                                        one.actor(),
                                        Duration.between(one.since(), latest),
                                        "closed by recovery"))
                        .toList();
        open.clear();
        return ends;
    }

    private static Optional<Actor> actor(String line) {
        try {
            return Optional.of(
                    new Actor(
                            new SessionId(text(line, "keyhole.session").orElseThrow()),
                            new Source(
                                    InetAddress.getByName(text(line, "source.ip").orElseThrow()),
                                    Integer.parseInt(number(line, "source.port").orElseThrow())),
                            new PrincipalName(text(line, "user.name").orElseThrow()),
                            new Fingerprint(text(line, "keyhole.key.fingerprint").orElseThrow())));
        } catch (UnknownHostException | RuntimeException e) {
            return Optional
                    .empty(); // a line of another release, or damaged: `audit verify` says so
        }
    }

    private static Optional<Instant> time(String line, String field) {
        return text(line, field).map(Instant::parse);
    }

    /** Inside of values every quote is escaped, so no text of a stranger looks like a member. */
    private static Optional<String> text(String line, String field) {
        return found(line, field, "\"([^\"\\\\]*)\"");
    }

    private static Optional<String> number(String line, String field) {
        return found(line, field, "(\\d+)");
    }

    private static Optional<String> found(String line, String field, String value) {
        Matcher matcher =
                Pattern.compile("[{,]\"" + Pattern.quote(field) + "\":" + value).matcher(line);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }
}
