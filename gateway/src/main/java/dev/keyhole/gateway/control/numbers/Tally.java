package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.model.Spread;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts events by their kind and code, and forgets whom they were about. Thread-safe; it never blocks. */
public final class Tally {
    /** From a container that is there already to an environment that is unpacked first. */
    private static final List<Double> START_BOUNDS =
            List.of(0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 60.0, 120.0);

    private final LongAdder logins = new LongAdder();
    private final LongAdder forwards = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder starts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder memoryKills = new LongAdder();
    private final LongAdder stops = new LongAdder();
    private final Spread startTimes = new Spread(START_BOUNDS);
    private final Map<Refused, LongAdder> refusals = new ConcurrentHashMap<>();

    /** An event of a kind that nobody counts changes nothing, so a new kind needs no line here. */
    void count(AuditEvent event) {
        if (event instanceof AuditEvent.Login) {
            logins.increment();
        } else if (event instanceof AuditEvent.LoginRefused refused) {
            refused(Step.LOGIN, refused.code());
        } else if (event instanceof AuditEvent.ForwardOpened) {
            forwards.increment();
        } else if (event instanceof AuditEvent.ForwardRefused refused) {
            refused(Step.FORWARD, refused.code());
        } else if (event instanceof AuditEvent.RequestRefused refused) {
            refused(Step.REQUEST, refused.code());
        } else if (event instanceof AuditEvent.OperatorRefused refused) {
            refused(Step.OPERATOR, refused.code());
        } else if (event instanceof AuditEvent.ControlRefused) {
            refused(Step.OPERATOR, Code.OPERATOR_ONLY);
        } else if (event instanceof AuditEvent.CommandStarted) {
            commands.increment();
        } else {
            countWorkspace(event);
        }
    }

    private void countWorkspace(AuditEvent event) {
        if (event instanceof AuditEvent.WorkspaceStarting) {
            starts.increment();
        } else if (event instanceof AuditEvent.WorkspaceReady ready && !ready.adopted()) {
            startTimes.took(ready.took());
        } else if (event instanceof AuditEvent.WorkspaceFailed) {
            failures.increment();
        } else if (event instanceof AuditEvent.WorkspaceStopped) {
            stops.increment();
        } else if (event instanceof AuditEvent.WorkspaceOutOfMemory killed) {
            memoryKills.add(killed.kills());
        }
    }

    private void refused(Step step, Code code) {
        refusals.computeIfAbsent(new Refused(step, code), key -> new LongAdder()).increment();
    }

    public Happenings happenings() {
        var refused = new TreeMap<Refused, Long>();
        refusals.forEach((key, count) -> refused.put(key, count.sum()));
        return new Happenings(
                logins.sum(),
                refused,
                forwards.sum(),
                commands.sum(),
                starts.sum(),
                startTimes.seen(),
                failures.sum(),
                memoryKills.sum(),
                stops.sum());
    }
}
