package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An audit whose disk a flood of refusals cannot fill: what one source is refused for one reason is written down event
 * for event up to a rate, and above it as a number. Nothing that was allowed is ever summed up.
 *
 * <p>Thread-safe; it blocks as long as the audit behind it, and never under its monitor.
 */
public final class SummedRefusals implements AuditLog {
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of one source for one reason, in one window. */
    static final int MOST_OF_ONE = 300;

    /** Of all sources in one window, so that many sources are no way around it. */
    static final int MOST_OF_ALL = 3_000;

    /** Whom we remember at a time; the rest is summed up without a source. */
    static final int MOST_SOURCES = 4_096;

    private static final String MANY = "many";

    private record Kind(String source, String action, Code code) {}

    private static final class Sum {
        int written;
        long summed;
    }

    private final AuditLog audit;
    private final LongSupplier nanos;

    // Guarded by this.
    private Map<Kind, Sum> sums = new HashMap<>();
    private int written;
    private long since;

    /** @param nanos a monotonic clock */
    public SummedRefusals(AuditLog audit, LongSupplier nanos) {
        this.audit = audit;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    @Override
    public void write(AuditEvent event) throws AuditUnavailable {
        audit.write(event);
    }

    @Override
    public void record(AuditEvent event) {
        Optional<Kind> refusal = refusal(event);
        if (refusal.isPresent()) {
            sumUpWhatIsOver();
        }
        if (refusal.isEmpty() || isWritten(refusal.get())) {
            audit.record(event);
        }
    }

    private static Optional<Kind> refusal(AuditEvent event) {
        if (event instanceof AuditEvent.LoginRefused e) {
            return Optional.of(kind(e.source(), "login", e.code()));
        } else if (event instanceof AuditEvent.ForwardRefused e) {
            return Optional.of(kind(e.actor().source(), "forward", e.code()));
        } else if (event instanceof AuditEvent.RequestRefused e) {
            return Optional.of(kind(e.actor().source(), "request", e.code()));
        }
        return Optional.empty();
    }

    private static Kind kind(Source source, String action, Code code) {
        SourceGroup group = SourceGroup.of(source);
        String name =
                group.isVersion4() ? source.address().getHostAddress() : group.block().toString();
        return new Kind(name, action, code);
    }

    private synchronized boolean isWritten(Kind kind) {
        boolean known = sums.containsKey(kind) || sums.size() < MOST_SOURCES;
        Sum sum =
                sums.computeIfAbsent(
                        known ? kind : new Kind(MANY, kind.action(), kind.code()),
                        any -> new Sum());
        if (sum.written < MOST_OF_ONE && written < MOST_OF_ALL) {
            sum.written++;
            written++;
            return true;
        }
        sum.summed++;
        return false;
    }

    /** Writes down the sums of a window that is over. Called at least once a minute, so that they do not wait for more. */
    public void sumUpWhatIsOver() {
        write(taken(false));
    }

    /** Writes down all sums: the door ends. */
    public void sumUp() {
        write(taken(true));
    }

    private synchronized List<AuditEvent> taken(boolean all) {
        long now = nanos.getAsLong();
        Duration over = Duration.ofNanos(now - since);
        if (!all && over.compareTo(WINDOW) < 0) {
            return List.of();
        }
        List<AuditEvent> events = new ArrayList<>();
        sums.forEach((kind, sum) -> {
            if (sum.summed > 0) {
                events.add(
                        new AuditEvent.RefusalsSummed(
                                kind.source(), kind.action(), kind.code(), sum.summed, over));
            }
        });
        sums = new HashMap<>();
        written = 0;
        since = now;
        return events;
    }

    private void write(List<AuditEvent> events) {
        events.forEach(audit::record);
    }

    @Override
    public boolean isAvailable() {
        return audit.isAvailable();
    }

    @Override
    public List<String> latest(PrincipalName principal, int limit) {
        return audit.latest(principal, limit);
    }
}
