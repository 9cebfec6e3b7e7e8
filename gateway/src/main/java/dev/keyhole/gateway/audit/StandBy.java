package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.audit.ChainWriter.Happened;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of events that the disk does not take as usual: nobody new comes in; who is in goes on while the reserve
 * lasts; what has happened anyway is held in memory when even the reserve is full; what has room nowhere is counted. All
 * of it enters the chain in its order, and an alarm behind it, as soon as the disk takes events again.
 *
 * <p>The writer's thread only.
 */
final class StandBy {
    /** Of the reserve, for strangers who fail: the rest belongs to those who are in. */
    static final int MOST_REFUSALS = Reserve.EVENTS / 5;

    /** An event that somebody may be waiting for. */
    interface Waiting {
        Happened happened();

        /** Whether something must not happen unless this is written. */
        boolean allows();

        CompletableFuture<Void> onDisk();
    }

    private static final Logger LOG = LoggerFactory.getLogger(StandBy.class);

    private final ChainWriter chain;
    private final Trouble trouble;
    private final WriterWatch watch;
    private final List<Happened> held = new ArrayList<>();
    private int refusals;

    StandBy(ChainWriter chain, Trouble trouble, WriterWatch watch) {
        this.chain = chain;
        this.trouble = trouble;
        this.watch = watch;
    }

    /** Writes as usual, and with it what had to wait. @throws IOException when none of it is on disk */
    void write(List<Happened> events, Instant now) throws IOException {
        List<Happened> all = new ArrayList<>(held);
        Optional<AuditEvent.AuditAlarm> alarm = trouble.alarm();
        alarm.ifPresent(said -> all.add(new Happened(now, said)));
        all.addAll(events);
        chain.append(all);
        watch.done(all.size(), chain.lastSyncNanos(), chain.length());
        alarm.ifPresent(said -> {
            trouble.isOver(said);
            LOG.info("The audit is written again; since {}: {}", said.since(), said);
        });
        held.clear();
        refusals = 0;
    }

    /** Does for each of them what can be done without the audit's own file. */
    void keep(List<? extends Waiting> events, Exception why) {
        List<Waiting> others = new ArrayList<>();
        for (Waiting one : events) {
            AuditEvent event = one.happened().event();
            if (event instanceof AuditEvent.Login || event instanceof AuditEvent.DoorStarted) {
                refuse(one, why);
            } else if (event instanceof AuditEvent.LoginRefused && ++refusals > MOST_REFUSALS) {
                lose(one);
            } else {
                others.add(one);
            }
        }
        List<Happened> all = new ArrayList<>(held);
        others.forEach(one -> all.add(one.happened()));
        int kept = chain.keep(all);
        watch.kept(kept);
        int heldBefore = held.size();
        held.subList(0, Math.min(kept, heldBefore)).clear();
        for (int i = 0; i < others.size(); i++) {
            Waiting one = others.get(i);
            if (heldBefore + i < kept) {
                trouble.kept(1);
                one.onDisk().complete(null);
            } else if (one.allows()) {
                refuse(one, why);
            } else if (held.size() < Reserve.EVENTS) {
                held.add(one.happened());
                trouble.kept(1);
                one.onDisk().complete(null);
            } else {
                lose(one);
            }
        }
    }

    private void refuse(Waiting one, Exception why) {
        trouble.refused();
        one.onDisk().completeExceptionally(why);
    }

    private void lose(Waiting one) {
        trouble.lost();
        watch.lost();
        one.onDisk().complete(null);
    }

    /** Said in the log, because it can be said nowhere else. */
    void ends() {
        if (!held.isEmpty()) {
            held.forEach(one -> watch.lost());
            LOG.error(
                    "{} audit events are lost: the disk did not take them until the door ended.",
                    held.size());
        }
    }
}
