package dev.keyhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SystemdPageTest {
    @Test
    void theUnitUnderDeployIsTheOneThatIsPrinted() throws IOException {
        Path file = checkout().resolve("deploy/systemd/keyhole.service");
        String printed = PrintCommand.text("keyhole.service");
        if (Boolean.getBoolean("keyhole.write-docs")) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, printed);
        }
        assertThat(Files.readString(file)).as("run bin/regenerate-docs").isEqualTo(printed);
    }

    @Test
    void notebooksOutliveTheUnit() throws IOException {
        assertThat(PrintCommand.text("keyhole.service"))
                .contains("KillMode=process", "Restart=always")
                .doesNotContain("PrivateTmp=yes", "PrivateDevices=yes");
    }

    private static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no checkout");
        }
        return directory;
    }
}
