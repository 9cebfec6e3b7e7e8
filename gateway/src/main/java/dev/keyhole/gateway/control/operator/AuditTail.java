package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditEvent.OperatorAct;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditIndex.Found;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.control.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code keyhole audit tail}: the newest events, and with {@code follow} those to come, until nobody reads any more. */
public final class AuditTail implements OperatorVerb {
    private static final long USUAL_EVENTS = 20;
    private static final int PAGE = 1_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS_BETWEEN_SIGNS = 10;

    private final AuditIndex index;

    public AuditTail(AuditIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "audit tail";
    }

    @Override
    public AuditEvent event(OperatorAct act) {
        return new AuditEvent.AuditRead(act);
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        long events = fields.number("events").orElse(USUAL_EVENTS);
        if (events < 1 || events > AuditWords.MOST_EVENTS) {
            throw OperatorRefusal.usage(
                    "-n takes a number from 1 to " + AuditWords.MOST_EVENTS + ".");
        }
        boolean follow = fields.flag("follow");
        boolean raw = fields.flag("raw");
        return Act.on(
                "the newest " + events + (follow ? " and those to come" : ""),
                talk -> {
                    try {
                        List<Found> newest = index.search(AuditQuery.newest((int) events));
                        return follow ? follow(newest, raw, talk) : last(newest);
                    } catch (AuditUnreadable e) {
                        throw AuditWords.unreadable(e);
                    }
                });
    }

    private static Answer last(List<Found> newest) {
        return Answer.done(EventTable.of(newest), EventTable.document(newest));
    }

    private Answer follow(List<Found> newest, boolean raw, Talk talk)
            throws AuditUnreadable, IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        List<Found> fresh = newest;
        long seen = 0;
        int quiet = 0;
        do {
            for (Found found : fresh) {
                talk.line(raw ? found.line() : EventTable.line(found));
                seen = found.sequence();
            }
            quiet = fresh.isEmpty() ? quiet + 1 : 0;
            if (quiet % LOOKS_BETWEEN_SIGNS == LOOKS_BETWEEN_SIGNS - 1) {
                talk.quiet();
            }
            if (never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                break; // nobody counts this latch down: it ends when nobody reads any more
            }
            fresh = index.search(AuditQuery.newest(PAGE).after(seen));
        } while (true);
        return Answer.done("", Map.of());
    }
}
