package dev.keyhole.system.audit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of {@code docs/audit.md}, run as they stand there. */
record Questions(Door door) {
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(\\d+)\\. [^\\n]+\\n\\n {7}keyhole (audit [^\\n]+)$");

    /** The words behind {@code keyhole} of each numbered question, in the page's order. */
    static List<String> onThePage() {
        try {
            Matcher matcher =
                    COMMAND.matcher(Files.readString(Places.checkout().resolve("docs/audit.md")));
            List<String> commands = new ArrayList<>();
            while (matcher.find()) {
                commands.add(matcher.group(2));
            }
            return commands;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran run(String words) {
        List<String> command =
                new ArrayList<>(
                        List.of(Places.command().toString(), "--home", door.home().toString()));
        command.addAll(List.of(words.split(" ")));
        return Ran.of(Duration.ofSeconds(60), command);
    }

    JsonObject json(String words) {
        return JsonParser.parseString(run(words + " --json").orFail().stdout()).getAsJsonObject();
    }

    /** The events that a search found. */
    List<JsonObject> events(String words) {
        return json(words).getAsJsonArray("events").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** A field as text; empty when it is not there. */
    static String text(JsonObject event, String field) {
        return event.has(field) ? event.get(field).getAsString() : "";
    }
}
