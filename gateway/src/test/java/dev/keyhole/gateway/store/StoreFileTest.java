package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
    @TempDir Path directory;

    private Path workplace;
    private Path file;

    @BeforeEach
    void fill() throws Exception {
        workplace = Files.createDirectory(directory.resolve("work"));
        file = directory.resolve("keyhole.db");
        try (SqliteStore store = SqliteStore.open(file, KeyRules.usual())) {
            store.apply(List.of(added("ada")));
        }
    }

    @Test
    void aStoreIsCountedAndNothingStaysInTheWorkplace() throws Exception {
        try (StoreFile examined = StoreFile.examined(file, workplace)) {
            assertThat(examined.principals()).isOne();
            assertThat(examined.keys()).isZero();
            assertThat(examined.whole()).exists();
        }
        try (var left = Files.list(workplace)) {
            assertThat(left)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("native");
        }
    }

    /** As after a power cut, or when somebody copied the files of a running door. */
    @Test
    void whatOnlyTheLogHoldsIsInTheWholeFile() throws Exception {
        Path cut = Files.createDirectory(directory.resolve("cut")).resolve("keyhole.db");
        try (SqliteStore store = SqliteStore.open(file, KeyRules.usual())) {
            store.apply(List.of(added("bob")));
            for (String ending : new String[] {"", "-wal"}) {
                Files.copy(
                        file.resolveSibling("keyhole.db" + ending),
                        cut.resolveSibling("keyhole.db" + ending));
            }
        }
        try (StoreFile examined = StoreFile.examined(cut, workplace)) {
            assertThat(examined.principals()).isEqualTo(2);
            assertThat(examined.whole().resolveSibling("store.db-wal")).doesNotExist();
        }
    }

    @Test
    void whatIsNoStoreIsRefusedByName() throws Exception {
        Path other = directory.resolve("other.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE songs (title TEXT)");
        }
        Path text = Files.writeString(directory.resolve("text"), "no database ".repeat(100));

        assertThatThrownBy(() -> StoreFile.examined(other, workplace))
                .hasMessage(other + " is no store of keyhole");
        assertThatThrownBy(() -> StoreFile.examined(text, workplace))
                .hasMessageStartingWith(text + " is no whole store of keyhole");
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertThatThrownBy(() -> StoreFile.examined(link, workplace))
                .hasMessage(link + " is no file");
    }

    private static RosterChange added(String name) {
        return new RosterChange.AddPrincipal(
                Principal.member(new PrincipalName(name), Origin.STORE, Instant.EPOCH));
    }
}
