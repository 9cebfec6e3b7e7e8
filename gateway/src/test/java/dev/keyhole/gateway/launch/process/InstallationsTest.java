package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationsTest {
    @TempDir private Path home;

    @Test
    void whatIsRememberedIsFoundAgain() throws IOException {
        Path python = Files.createFile(home.resolve("python with a space"));
        Installation found = installation(python, "2.21.1");
        Installations installations = installations();
        installations.remember(Workshop.ADA, found);

        assertThat(installations.of(Workshop.ADA)).contains(found);
    }

    @Test
    void anInstallationWhosePythonIsGoneIsForgotten() throws IOException {
        Path python = Files.createFile(home.resolve("python"));
        Installations installations = installations();
        installations.remember(Workshop.ADA, installation(python, "2.21.1"));
        Files.delete(python);

        assertThat(installations.of(Workshop.ADA)).isEmpty();
    }

    @Test
    void aDamagedNoteCountsAsNone() throws IOException {
        Installations installations = installations();
        Files.writeString(
                new HomeLayout(home).workspaceRun(Workshop.ADA).resolve("installation"),
                "\0\nversion\n");

        assertThat(installations.of(Workshop.ADA)).isEmpty();
    }

    @Test
    void serversBefore220LackSecurityFixes() {
        assertThat(installation(home, "2.19.9").isCurrent()).isFalse();
        assertThat(installation(home, "1.23.3").isCurrent()).isFalse();
        assertThat(installation(home, "2.20.0").isCurrent()).isTrue();
        assertThat(installation(home, "2.20rc1").isCurrent()).isTrue();
        assertThat(installation(home, "3.0.0").isCurrent()).isTrue();
    }

    private Installations installations() throws IOException {
        Files.createDirectories(new HomeLayout(home).workspaceRun(Workshop.ADA));
        return new Installations(new HomeLayout(home));
    }

    private static Installation installation(Path python, String server) {
        var versions = new LinkedHashMap<>(Map.of("jupyter_server", server, "jupyterlab", "4.6.6"));
        return new Installation(
                List.of(python.toString(), "-m", "jupyterlab"), python, Path.of("/bin"), versions);
    }
}
