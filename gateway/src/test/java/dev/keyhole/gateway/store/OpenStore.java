package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.RosterProblem;
import dev.keyhole.gateway.access.RosterStore;
import dev.keyhole.gateway.access.StoreUnavailable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store and how it is closed. */
record OpenStore(RosterStore get, Closeable closing) implements AutoCloseable {
    private static final Map<Path, InMemory> MEMORIES = new HashMap<>();

    static OpenStore sqlite(Path file) throws IOException {
        SqliteStore store = SqliteStore.open(file, KeyRules.usual());
        return new OpenStore(store, store);
    }

    /** The same one for the same directory, so that it can be "reopened". */
    static OpenStore inMemory(Path directory) {
        return new OpenStore(MEMORIES.computeIfAbsent(directory, none -> new InMemory()), () -> {});
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }

    private static final class InMemory implements RosterStore {
        private Roster roster = Roster.EMPTY;

        @Override
        public synchronized Roster load() {
            return roster;
        }

        @Override
        public synchronized void apply(List<RosterChange> changes) throws StoreUnavailable {
            try {
                roster = roster.with(changes);
            } catch (RosterProblem e) {
                throw new StoreUnavailable(e.getMessage(), e);
            }
        }
    }
}
