package dev.keyhole.gateway.control;

import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;

/**
 * What a verb answers.
 *
 * @param text for a person, lines ended by {@code \n}
 * @param document for {@code --json}, one line
 */
public record Answer(ExitStatus status, String text, Object document) {
    public static Answer done(String text, Object document) {
        return new Answer(ExitStatus.DONE, text, document);
    }

    /** The one or the other form, ended by a line feed. */
    public String shown(boolean json) {
        return json ? Json.write(document) + "\n" : text;
    }
}
