package dev.keyhole.image.freshness;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Until when lines of software are maintained: lines {@code PRODUCT LINE DATE}, text after {@code #} is a comment. One
 * such file comes along; a newer one can be given. Immutable.
 */
public final class EndOfLife {
    private static final String OWN = "end-of-life.txt";
    private static final int WORDS = 3;

    private final Map<String, LocalDate> ends;

    private EndOfLife(Map<String, LocalDate> ends) {
        this.ends = Map.copyOf(ends);
    }

    /** The file that came along with this release. */
    public static EndOfLife own() throws ImageFailure {
        try (var in = EndOfLife.class.getResourceAsStream(OWN)) {
            if (in == null) {
                throw new IllegalStateException(OWN + " is missing from this build");
            }
            return parse(OWN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new IllegalStateException(OWN + " cannot be read from this build", unreadable);
        }
    }

    /** @throws ImageFailure (2) when the file cannot be read or has lines that say something else; all are named */
    public static EndOfLife of(Path file) throws ImageFailure {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new ImageFailure(
                    ExitStatus.USAGE,
                    Code.BASE_UNREADABLE,
                    file + " cannot be read as text. Name a file of lines PRODUCT LINE DATE.",
                    unreadable);
        }
    }

    static EndOfLife parse(String name, String text) throws ImageFailure {
        var ends = new HashMap<String, LocalDate>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var said = line.split("#", 2)[0].strip();
            if (said.isEmpty()) {
                continue;
            }
            var words = said.split("\\s+");
            try {
                if (words.length != WORDS) {
                    throw new DateTimeException("three words");
                }
                ends.put(words[0] + " " + words[1], LocalDate.parse(words[2]));
            } catch (DateTimeException no) {
                problems.add(
                        name + ":" + number + ": '" + said + "' is not PRODUCT LINE YYYY-MM-DD");
            }
        }
        if (!problems.isEmpty()) {
            throw new ImageFailure(ExitStatus.USAGE, String.join("\n", problems));
        }
        return new EndOfLife(ends);
    }

    /** The last day on which a line gets fixes; empty for one that the file does not know. */
    Optional<LocalDate> end(String product, String line) {
        return Optional.ofNullable(ends.get(product + " " + line));
    }
}
