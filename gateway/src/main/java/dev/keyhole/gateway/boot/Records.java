package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditFile;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditPlace;
import dev.keyhole.gateway.audit.Retention;
import dev.keyhole.gateway.audit.SummedRefusals;
import dev.keyhole.gateway.authlog.AuthLog;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.control.numbers.CountedAudit;
import dev.keyhole.gateway.control.numbers.Tally;
import dev.keyhole.gateway.store.SqliteAuditIndex;
import dev.keyhole.gateway.store.SqliteStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the door keeps on disk, opened together and closed together: people, the audit with its index, and the log of
 * refused connections.
 *
 * @param file where the audit ends up
 * @param elsewhere what carries it out of the home
 * @param refusals sums up what is refused too often, on its way to the file
 * @param audit where events are given: counted, then summed up, then written
 */
record Records(
        SqliteStore store,
        AuditPlace place,
        AuditFile file,
        SummedRefusals refusals,
        Tally tally,
        AuditLog audit,
        SqliteAuditIndex index,
        Elsewhere elsewhere,
        AuthLog authLog)
        implements Closeable {
    /** @throws IOException with a message for the operator; nothing is left open */
    static Records open(HomeLayout home, KeyRules keyRules, Config.Audit config, Clock clock)
            throws IOException {
        SqliteStore store = SqliteStore.open(home.database(), keyRules);
        try {
            return open(home, store, config, clock);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Records open(
            HomeLayout home, SqliteStore store, Config.Audit config, Clock clock)
            throws IOException {
        AuditPlace place = new AuditPlace(home.audit(), home.auditSigningKey());
        AuditFile file = AuditFile.open(place, clock);
        UnaryOperator<String> revealed = file.names()::reveal;
        Tally tally = new Tally();
        SummedRefusals refusals = new SummedRefusals(file, System::nanoTime);
        AuditLog audit = new CountedAudit(refusals, tally);
        SqliteAuditIndex index =
                SqliteAuditIndex.open(home.audit(), home.auditIndex(), home.sqliteCode(), revealed);
        try {
            return new Records(
                    store,
                    place,
                    file,
                    refusals,
                    tally,
                    audit,
                    index,
                    Elsewhere.open(config, home, place, audit, revealed, clock),
                    AuthLog.open(home.authLog(), clock));
        } catch (IOException | RuntimeException e) {
            index.close();
            file.close();
            throw e;
        }
    }

    /** @param retain absent keeps everything */
    Optional<Retention> retention(Optional<Duration> retain, Clock clock) {
        return retain.map(time -> new Retention(place, audit, time, elsewhere::arrivedUpTo, clock));
    }

    /** The door's last word, then everything is closed. */
    void end(String reason) throws IOException {
        elsewhere.doorEnds();
        refusals.sumUp();
        audit.record(new AuditEvent.DoorStopped(reason));
        close();
    }

    @Override
    public void close() throws IOException {
        authLog.close();
        index.close();
        elsewhere.doorEnds();
        file.close();
        elsewhere.close(); // after the audit's last checkpoint
        store.close();
    }
}
