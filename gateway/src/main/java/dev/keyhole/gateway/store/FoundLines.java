package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.AuditFollower;
import dev.keyhole.gateway.audit.AuditFollower.Segment;
import dev.keyhole.gateway.audit.AuditIndex.Found;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Fetches the lines that the index points at; each file is opened once. Used by one thread. */
final class FoundLines implements Closeable {
    private final Map<Long, FileChannel> open = new HashMap<>();
    private final AuditFollower files;
    private final UnaryOperator<String> revealed;

    FoundLines(AuditFollower files, UnaryOperator<String> revealed) {
        this.files = files;
        this.revealed = revealed;
    }

    /** @throws SQLException when the index points at something else, so that it is of other files */
    Found of(ResultSet row) throws SQLException, IOException {
        long sequence = row.getLong("sequence");
        FileChannel channel = file(row.getLong("first"));
        String line = AuditFollower.read(channel, row.getLong("offset"), row.getInt("length"));
        if (AuditFollower.sequence(line).filter(number -> number == sequence).isEmpty()) {
            throw new SQLException("event " + sequence + " is not where it was");
        }
        return new Found(sequence, revealed.apply(line));
    }

    private FileChannel file(long first) throws SQLException, IOException {
        FileChannel channel = open.get(first);
        if (channel == null) {
            Segment segment =
                    files.segments().stream()
                            .filter(one -> one.first() == first)
                            .findFirst()
                            .orElseThrow(() -> new SQLException("a file of the audit is gone"));
            channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
            open.put(first, channel);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : open.values()) {
            channel.close();
        }
    }
}
