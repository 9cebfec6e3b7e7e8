package dev.keyhole.gateway.audit;

import static java.nio.file.StandardOpenOption.READ;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the latest lines of a principal, from the end of the audit backwards. Thread-safe; it blocks for the disk. */
final class LatestLines {
    private static final Logger LOG = LoggerFactory.getLogger(LatestLines.class);

    /** Some 200,000 events; a second of reading at worst. */
    private static final long LOOKED_THROUGH = 64L << 20;

    private final AuditPlace place;
    private final Pseudonyms names;

    LatestLines(AuditPlace place, Pseudonyms names) {
        this.place = place;
        this.names = names;
    }

    /** Oldest first. */
    List<String> of(PrincipalName principal, int limit) {
        // Every quote inside of a value is escaped, so no text of a stranger looks like this.
        List<String> marks = new ArrayList<>();
        // In the clear too: a line of an earlier release, or of a moment without room for a
        // pseudonym.
        marks.add("\"user.name\":" + Json.write(principal.value()));
        names.pseudonym(principal.value())
                .ifPresent(known -> marks.add("\"user.name\":" + Json.write("~" + known)));
        List<String> found = new ArrayList<>();
        long room = LOOKED_THROUGH;
        try {
            for (Path segment : new Segments(place).inOrder().reversed()) {
                if (room <= 0 || found.size() >= limit) {
                    break;
                }
                try (FileChannel reader =
                        FileChannel.open(segment, READ)) { // an interrupt closes what it hits
                    collect(new LinesBackwards(reader, room), marks, limit, found);
                    room -= reader.size();
                }
            }
        } catch (IOException e) {
            LOG.warn("The audit cannot be read: {}", e.getMessage());
        }
        return found.reversed().stream().map(names::reveal).toList();
    }

    private static void collect(
            LinesBackwards lines, List<String> marks, int limit, List<String> found)
            throws IOException {
        Optional<String> line = lines.next();
        while (line.isPresent() && found.size() < limit) {
            line.filter(one -> marks.stream().anyMatch(one::contains)).ifPresent(found::add);
            line = lines.next();
        }
    }
}
