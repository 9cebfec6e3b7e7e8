package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final RosterChange ADA =
            new RosterChange.AddPrincipal(
                    Principal.member(new PrincipalName("ada"), Origin.STORE, Instant.EPOCH));

    @TempDir Path directory;

    @Test
    void itsFileIsPrivateAndOneThatIsOpenToOthersIsRefused() throws Exception {
        Path file = filled();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(file))
                .hasMessageContaining("open to others")
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aLinkIsRefused() throws Exception {
        Path link = directory.resolve("link.db");
        Files.createSymbolicLink(link, filled());

        assertThatThrownBy(() -> open(link)).hasMessageContaining("is not a file");
    }

    @Test
    void aStoreThatIsGoneIsNotTakenForANewOne() throws Exception {
        Path file = filled();
        Files.delete(file);

        assertThatThrownBy(() -> open(file))
                .hasMessageContaining(file + " is gone")
                .hasMessageContaining("keyhole restore");
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyWithoutItsOwnerIsDamage() throws Exception {
        Path file = filled();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO enrolled_keys (fingerprint, owner, line, added) VALUES ('f', 'nobody', 'l', 'a')");
        }

        assertThatThrownBy(() -> open(file))
                .hasMessageContaining("is damaged")
                .hasMessageContaining("enrolled_keys");
    }

    @Test
    void theNewestMigrationIsTheLastFile() throws Exception {
        Path resource =
                Path.of(SqliteStore.class.getResource("V1__people.sql").toURI()).getParent();
        try (var files = Files.list(resource)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".sql"))
                                    .map(name -> name.replaceAll("^V([0-9]+)__.*", "$1"))
                                    .max(java.util.Comparator.comparing(Integer::valueOf)))
                    .contains(Migrations.NEWEST);
        }
    }

    @Test
    void itsNativeCodeIsUnpackedOnceAndThatOfOtherReleasesGoes() throws Exception {
        Path stale = Files.createDirectory(directory.resolve("native")).resolve("3.1-lib.so");
        Files.writeString(stale, "old");
        filled();
        try (var files = Files.list(directory.resolve("native"))) {
            assertThat(files).singleElement().asString().endsWith("libsqlitejdbc.so");
        }
    }

    @Test
    void aTruncatedFileIsRefusedByName() throws Exception {
        Path file = filled();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> open(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("keyhole restore");
    }

    @Test
    void whatIsNoDatabaseAtAllIsRefusedByName() throws Exception {
        Path file = directory.resolve("keyhole.db");
        Files.writeString(
                file, "principals: ada and bob, as long as a header of SQLite is".repeat(30));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> open(file))
                .hasMessageContaining("is damaged")
                .hasMessageContaining("keyhole restore");
    }

    @Test
    void aStoreOfALaterReleaseIsRefusedAndNotTouched() throws Exception {
        Path file = filled();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    INSERT INTO flyway_schema_history SELECT installed_rank + 1, '7', 'later', type, 'V7__later.sql', 1,
                        installed_by, installed_on, 1, 1 FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1
                    """);
        }

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("later release")
                .hasMessageContaining("schema 7")
                .hasMessageContaining("up to " + Migrations.NEWEST);
    }

    @Test
    void aBackupIsAWholeStoreAndIsMadeWhileTheOtherIsOpen() throws Exception {
        Path copy = directory.resolve("copy.db");
        try (SqliteStore store = open(directory.resolve("keyhole.db"))) {
            store.apply(List.of(ADA));
            try (InputStream bytes = store.copy()) {
                Files.copy(bytes, copy);
            }
            assertThat(directory.resolve("keyhole.db.copy")).doesNotExist();
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));

        try (SqliteStore restored = open(copy)) {
            assertThat(restored.load().principals()).hasSize(1);
        }
    }

    private Path filled() throws Exception {
        Path file = directory.resolve("keyhole.db");
        try (SqliteStore store = open(file)) {
            store.apply(List.of(ADA));
        }
        return file;
    }

    private static SqliteStore open(Path file) throws IOException {
        return SqliteStore.open(file, KeyRules.usual());
    }
}
