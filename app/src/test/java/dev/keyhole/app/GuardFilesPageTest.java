package dev.keyhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GuardFilesPageTest {
    @Test
    void theFilesUnderDeployAreTheOnesThatArePrinted() throws IOException {
        compare("fail2ban/filter.conf", PrintCommand.text("fail2ban-filter.conf"));
        compare(
                "fail2ban/jail.conf",
                PrintCommand.jail(PrintCommand.USUAL_HOME, PrintCommand.USUAL_PORT));
        compare("nftables/keyhole.nft", PrintCommand.nftables(PrintCommand.USUAL_PORT));
    }

    @Test
    void thePatternIsAnchoredAtBothEndsAndLooksUpNoNames() throws IOException {
        String pattern =
                PrintCommand.text("fail2ban-filter.conf")
                        .lines()
                        .filter(line -> line.startsWith("failregex"))
                        .findFirst()
                        .orElseThrow();
        assertThat(pattern).startsWith("failregex = ^").endsWith("$").contains("<ADDR>");
        assertThat(pattern).doesNotContain("<HOST>", ".*", ".+");
        assertThat(PrintCommand.jail("/h", "22")).contains("usedns = no", "backend = polling");
    }

    private static void compare(String name, String printed) throws IOException {
        Path file = checkout().resolve("deploy").resolve(name);
        if (Boolean.getBoolean("keyhole.write-docs")) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, printed);
        }
        assertThat(Files.readString(file)).as("run bin/regenerate-docs").isEqualTo(printed);
    }

    private static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no checkout");
        }
        return directory;
    }
}
