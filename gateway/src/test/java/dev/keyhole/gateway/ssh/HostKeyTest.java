package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyTest {
    @TempDir Path directory;

    @Test
    void itIsMadeOnceAndStaysTheSame() throws IOException {
        HostKey made = HostKey.loadOrMake(file());
        HostKey loaded = HostKey.loadOrMake(file());
        assertThat(loaded.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file())).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @Test
    void aLostKeyIsNeverSilentlyRemade() throws IOException {
        HostKey.loadOrMake(file());
        Files.delete(file());
        assertThatThrownBy(() -> HostKey.loadOrMake(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is gone")
                .hasMessageContaining("Restore it");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        HostKey.loadOrMake(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> HostKey.loadOrMake(file())).hasMessageContaining("chmod 600");
    }

    @Test
    void aDamagedKeyIsNamed() throws IOException {
        HostKey.loadOrMake(file());
        Files.writeString(file(), Files.readString(file()).substring(0, 120));
        assertThatThrownBy(() -> HostKey.loadOrMake(file()))
                .hasMessageContaining(file().toString());
    }

    @Test
    void aCrashedFirstStartLeavesNoHalfKey() throws IOException {
        Files.createFile(directory.resolve(".host-key-123.new"));
        assertThat(HostKey.loadOrMake(file()).fingerprint().value()).startsWith("SHA256:");
    }

    private Path file() {
        return directory.resolve("ssh_host_ed25519_key");
    }
}
