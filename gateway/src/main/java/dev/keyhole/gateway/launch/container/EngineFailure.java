package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.UnauthorizedException;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one sentence, with the next move, what an engine refused; its own words are in it. */
final class EngineFailure {
    /** Podman's "cause" says less. */
    private static final Pattern MESSAGE =
            Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final int LONGEST = 400;
    private static final String LOG_IN = "Log the engine in to that registry.";
    private static final String LOOK_AT_IMAGE = "Look at `container.image` in the config.";

    private EngineFailure() {}

    /** @param what was tried, as in "The container cannot be made" */
    static LaunchFailure of(String what, RuntimeException why) {
        String words = words(why);
        return new LaunchFailure(what + ": " + words + ". " + nextMove(why, words), List.of());
    }

    /**
     * A container that did not stay.
     *
     * @param log what it wrote, the last line last
     */
    static LaunchFailure ended(String name, List<String> log) {
        String words = log.isEmpty() ? "it wrote nothing" : log.getLast().strip();
        return new LaunchFailure(
                "The container "
                        + name
                        + " ended at once: "
                        + words.substring(0, Math.min(words.length(), LONGEST))
                        + ". "
                        + knownMove(words)
                                .orElse("Is it an image that `keyhole image build` made?"),
                log);
    }

    /** The engine's own, without the JSON around them. */
    static String words(Throwable why) {
        String text = String.valueOf(why.getMessage());
        Matcher json = MESSAGE.matcher(text);
        String said = json.find() ? json.group(1).replace("\\\"", "\"") : text;
        String line = said.lines().findFirst().orElse("").strip();
        return line.substring(0, Math.min(line.length(), LONGEST)).replaceAll("\\.$", "");
    }

    private static String nextMove(RuntimeException why, String words) {
        if (why instanceof UnauthorizedException) {
            return LOG_IN;
        }
        return knownMove(words)
                .orElseGet(() -> {
                    if (why instanceof NotFoundException) {
                        return LOOK_AT_IMAGE;
                    }
                    return why instanceof DockerException
                            ? "Look at the engine's log."
                            : "Look whether the engine runs.";
                });
    }

    private static Optional<String> knownMove(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left")) {
            return Optional.of("Free space where the engine keeps its images.");
        }
        if (lower.contains("unauthorized")
                || lower.contains("no basic auth")
                || lower.contains("access denied")) {
            return Optional.of(LOG_IN);
        }
        if (lower.contains("connection refused")
                || lower.contains("no such host")
                || lower.contains("timeout")) {
            return Optional.of("Look at the registry and the network.");
        }
        if (lower.contains("exec format")
                || lower.contains("no matching manifest")
                || lower.contains("no image found in image index")) {
            return Optional.of(
                    "The image is for another architecture; build one for this machine.");
        }
        if (lower.contains("not found")
                || lower.contains("manifest unknown")
                || lower.contains("name unknown")) {
            return Optional.of(LOOK_AT_IMAGE);
        }
        return Optional.empty();
    }
}
