package dev.keyhole.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keyhole print}: files for other tools; the same texts lie under deploy/. */
@Command(
        name = "print",
        mixinStandardHelpOptions = true,
        description = "Prints ready-to-use files for other tools.")
final class PrintCommand {
    @Spec private @Nullable CommandSpec spec;

    @Command(
            name = "systemd",
            mixinStandardHelpOptions = true,
            description =
                    "A unit for `keyhole serve`: keyhole print systemd > /etc/systemd/system/keyhole.service")
    void systemd() throws IOException {
        print("keyhole.service");
    }

    private void print(String file) throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(text(file));
        out.flush();
    }

    static String text(String file) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(PrintCommand.class.getResourceAsStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
