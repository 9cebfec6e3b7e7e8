package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.config.TimeSpan;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.IdleRule;
import dev.keyhole.gateway.workspace.Keeps;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code keyhole keep [DURATION|off]}: holds the workspace although nobody uses it, also over a restart of the door. */
public final class KeepVerb implements Verb {
    private static final Duration USUAL = Duration.ofHours(8);

    private final Keeps keeps;
    private final IdleRule rule;
    private final Duration most;
    private final AuditLog audit;
    private final Clock clock;

    /** @param most how long a keep may be */
    public KeepVerb(Keeps keeps, IdleRule rule, Duration most, AuditLog audit, Clock clock) {
        this.keeps = keeps;
        this.rule = rule;
        this.most = most;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "keep";
    }

    @Override
    public String summary() {
        return "keep [DURATION|off]: hold your workspace while nothing is open, for 8h or at most "
                + new TimeSpan(most);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws UsageError {
        String word = arguments.word(0).orElse("");
        if (arguments.count() > 1) {
            throw new UsageError("one duration such as 8h, or off");
        }
        try {
            return word.equals("off") ? end(who) : hold(who, length(word));
        } catch (AuditUnavailable e) {
            Refusal refusal = Refusal.of(Code.AUDIT_UNAVAILABLE, e.getMessage());
            return new Answer(
                    ExitStatus.REFUSED, refusal.message() + "\n", Map.of("code", refusal.code()));
        } catch (IOException e) {
            String text = "That could not be written down, so nothing was changed: ";
            return new Answer(
                    ExitStatus.FAILED,
                    text + e.getMessage() + ". Tell the operator, or try again.\n",
                    Map.of("error", text + e.getMessage()));
        }
    }

    private Duration length(String word) throws UsageError {
        if (word.isEmpty()) {
            return USUAL.compareTo(most) < 0 ? USUAL : most;
        }
        Duration length;
        try {
            length = TimeSpan.parse(word).duration();
        } catch (IllegalArgumentException e) {
            throw new UsageError(e.getMessage() + "; or off");
        }
        if (length.compareTo(most) > 0) {
            throw new UsageError("at most " + new TimeSpan(most) + " at a time; ask again later");
        }
        return length;
    }

    private Answer hold(Authenticated who, Duration length) throws AuditUnavailable, IOException {
        Instant until = clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
        audit.write(new AuditEvent.WorkspaceKept(who.actor(), until));
        keeps.hold(who.principal(), who.principal(), until);
        String text =
                "Your workspace is kept until "
                        + ClockTime.of(until, clock.instant())
                        + " ("
                        + ClockTime.length(length)
                        + "), used or not. End that with: keyhole keep off\n";
        String anyway =
                rule.idleAfter().isPresent()
                        ? ""
                        : "This door stops no workspace for being idle, so it would go on anyway.\n";
        return Answer.done(
                text + anyway, Map.of("kept", true, "until", until, "seconds", length.toSeconds()));
    }

    private Answer end(Authenticated who) throws AuditUnavailable, IOException {
        audit.write(new AuditEvent.WorkspaceKeepEnded(who.actor()));
        keeps.end(who.principal());
        return Answer.done(
                "Your workspace is kept no longer. What keeps it now: keyhole status\n",
                Map.of("kept", false));
    }
}
