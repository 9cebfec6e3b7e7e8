package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.AuditFollower;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.audit.ReadPlace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit's index in a SQLite file of its own. One platform thread reads the audit's files and answers; the one that
 * writes the audit never waits for it. An index that is damaged, of another release or of other files is thrown away and
 * made again. Thread-safe.
 */
public final class SqliteAuditIndex implements AuditIndex, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteAuditIndex.class);
    private static final int SECONDS_BETWEEN_LOOKS = 5;
    private static final int ROWS_OF_A_TRANSACTION = 20_000;
    private static final int ROWS_WORTH_A_PLAN = 50_000;

    /** Something that is asked of the open index. */
    private interface Question<T> {
        T ask(Connection connection) throws SQLException, IOException;
    }

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("audit-index").daemon().factory());
    private final Path file;
    private final AuditFollower files;
    private final UnaryOperator<String> revealed;

    // Only the index's thread touches these.
    private @Nullable Connection connection;
    private long unplanned;
    private long forgotten;

    private SqliteAuditIndex(Path file, AuditFollower files, UnaryOperator<String> revealed) {
        this.file = file;
        this.files = files;
        this.revealed = revealed;
    }

    /**
     * Begins to follow an audit; nothing is read before this returns.
     *
     * @param directory the audit's
     * @param database where to keep the index
     * @param nativeCode where SQLite's own code may be kept, see {@code SqliteStore}
     * @param revealed a line with the names behind its pseudonyms
     */
    public static SqliteAuditIndex open(
            Path directory, Path database, Path nativeCode, UnaryOperator<String> revealed)
            throws IOException {
        NativeLibrary.keepIn(nativeCode);
        var index = new SqliteAuditIndex(database, new AuditFollower(directory), revealed);
        index.thread.scheduleWithFixedDelay(
                index::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        return index;
    }

    @Override
    public List<Found> search(AuditQuery query) throws AuditUnreadable {
        return answer(index -> {
            try (PreparedStatement statement = new AuditSelect(query, index).prepared(index);
                    ResultSet rows = statement.executeQuery();
                    FoundLines lines = new FoundLines(files, revealed)) {
                List<Found> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(lines.of(rows));
                }
                return query.after().isPresent() ? found : found.reversed();
            }
        });
    }

    @Override
    public List<KeyUse> keys(Optional<Instant> since, Optional<Instant> until, int limit)
            throws AuditUnreadable {
        return answer(index -> AuditSums.keys(index, since, until, limit));
    }

    @Override
    public List<Carried> bytes(Optional<Instant> since, Optional<Instant> until, int limit)
            throws AuditUnreadable {
        return answer(index -> AuditSums.bytes(index, since, until, limit));
    }

    /** It is made anew from lines that do not name the erased person any more. */
    @Override
    public void forgetNames() throws AuditUnreadable {
        answer(index -> {
            discard();
            return true;
        });
    }

    private <T> T answer(Question<T> question) throws AuditUnreadable {
        try {
            return thread.submit(() -> caughtUp(question)).get();
        } catch (ExecutionException e) {
            throw new AuditUnreadable("The audit cannot be searched: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditUnreadable("Interrupted while the audit was searched", e);
        }
    }

    private void look() {
        try {
            caughtUp(index -> true);
        } catch (SQLException | IOException | RuntimeException e) {
            LOG.warn("The audit's index is behind: {}", e.getMessage());
        }
    }

    /** Once more with a new index when the old one does not fit. */
    private <T> T caughtUp(Question<T> question) throws SQLException, IOException {
        try {
            return current(question);
        } catch (SQLException | AuditFollower.PlaceGone e) {
            LOG.info("The audit's index is made anew: {}", e.getMessage());
            discard();
            return current(question);
        }
    }

    private <T> T current(Question<T> question) throws SQLException, IOException {
        Connection index = opened();
        catchUp(index);
        forget(index);
        return question.ask(index);
    }

    /** What was purged from the files is not found any more either. */
    private void forget(Connection index) throws SQLException, IOException {
        long oldest = files.segments().stream().findFirst().map(one -> one.first()).orElse(0L);
        if (oldest > forgotten) {
            AuditTables.forgetBefore(index, oldest);
            index.commit();
            forgotten = oldest;
        }
    }

    private Connection opened() throws SQLException, IOException {
        Connection open = connection;
        if (open == null) {
            open = AuditTables.open(file);
            connection = open;
        }
        return open;
    }

    private void discard() throws IOException {
        closeConnection();
        AuditTables.remove(file);
    }

    private void closeConnection() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("The audit's index did not close: {}", e.getMessage());
            }
        }
    }

    private void catchUp(Connection index) throws SQLException, IOException {
        ReadPlace place = AuditTables.place(index);
        while (true) {
            long[] rows = {0};
            ReadPlace reached;
            try (AuditRows into = new AuditRows(index, revealed)) {
                reached =
                        files.follow(
                                place,
                                line -> {
                                    try {
                                        into.add(line);
                                    } catch (SQLException e) {
                                        throw new IOException(e);
                                    }
                                    return ++rows[0] < ROWS_OF_A_TRANSACTION;
                                });
                AuditTables.setPlace(index, reached);
                index.commit();
            } catch (IOException e) {
                index.rollback();
                if (e.getCause() instanceof SQLException damage) {
                    throw damage;
                }
                throw e;
            }
            unplanned += rows[0];
            if (rows[0] < ROWS_OF_A_TRANSACTION) {
                break;
            }
            place = reached;
        }
        plan(index);
    }

    /** Tells SQLite which of its indexes select best, as soon as there is much to select from. */
    private void plan(Connection index) throws SQLException {
        if (unplanned >= ROWS_WORTH_A_PLAN) {
            try (Statement statement = index.createStatement()) {
                statement.execute("PRAGMA analysis_limit = 1000");
                statement.execute("ANALYZE");
            }
            index.commit();
            unplanned = 0;
        }
    }

    /** Ends it; what it had not read yet, the next one reads. */
    @Override
    public void close() throws IOException {
        thread.submit(this::closeConnection);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow(); // in the middle of a long catching up; its transaction is
                // undone
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
