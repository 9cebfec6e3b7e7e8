package dev.keyhole.system.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each client logs in, runs a command, and moves bytes; the table in docs/interop.md says what it did. */
@ExtendWith(NoLeaks.class)
final class InteropTest {
    private static final String[] CLIENTS = {
        "openssh", "rsync", "putty", "dropbear", "paramiko", "asyncssh", "libssh"
    };
    private static final String[] ABILITIES = {"login", "exec", "pipe", "files", "forward"};
    private static final String BEGIN = "<!-- table: begin -->\n";
    private static final String END = "<!-- table: end -->";

    @Test
    void everyClientDoesWhatThePageSays() throws IOException {
        try (Door door = Door.up()) {
            door.keyhole("principal", "set", "ada", "--shell").orFail();
            door.ssh().run("keyhole", "start").orFail();
            Path blob = door.setup().place().resolve("blob");
            byte[] bytes = new byte[1 << 20];
            new Random(20261123).nextBytes(bytes);
            Files.write(blob, bytes);
            StringBuilder table =
                    new StringBuilder(
                            "| client | login | exit status 7 | 1 MiB through a pipe | files | forward |\n|---|---|---|---|---|---|\n");
            for (String client : CLIENTS) {
                JsonObject verdict = Client.verdict(door, blob, client);
                table.append("| ").append(client);
                for (String ability : ABILITIES) {
                    table.append(" | ").append(word(verdict, ability));
                }
                table.append(" |\n");
            }
            compare(table.toString());
        }
    }

    private static String word(JsonObject verdict, String ability) {
        if (!verdict.has(ability)) {
            return "not its job";
        }
        return verdict.get(ability).getAsBoolean() ? "yes" : "NO";
    }

    private static void compare(String table) throws IOException {
        assertThat(table).doesNotContain("NO");
        Path page = Places.checkout().resolve("docs/interop.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("keyhole.regenerate")) {
            Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(table);
        }
    }
}
