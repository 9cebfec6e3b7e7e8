package dev.keyhole.system.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's place before a running door. */
record Desk(Door door) {
    /** {@code keyhole --home HOME VERB...}. */
    Ran run(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(Places.command().toString(), "--home", door.home().toString()));
        command.addAll(List.of(words));
        return Ran.of(Duration.ofSeconds(90), command);
    }

    /** The same as another OS user. */
    Ran runAs(OtherUser user, String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(Places.command().toString(), "--home", door.home().toString()));
        command.addAll(List.of(words));
        return Ran.of(Duration.ofSeconds(60), user.command(command.toArray(String[]::new)));
    }

    /** The document that it prints with {@code --json}. */
    JsonObject json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Ran ran = run(all.toArray(String[]::new)).orFail();
        assertThat(ran.stdout().lines()).as("one document: " + ran).hasSize(1);
        return JsonParser.parseString(ran.stdout()).getAsJsonObject();
    }

    /** It is refused with this status and this text, and never with a stack trace. */
    void refused(int status, String text, String... words) {
        Ran ran = run(words);
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(status);
        assertThat(ran.stderr()).startsWith("keyhole: ").contains(text).doesNotContain("\tat ");
    }

    KeyFile key(String name, String... type) {
        return KeyFile.make(door.setup().place(), name, type);
    }
}
