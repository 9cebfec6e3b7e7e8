package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.config.ByteSize;
import dev.keyhole.gateway.config.DidYouMean;
import dev.keyhole.gateway.model.Gpus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How limits are written: {@code memory=8GiB}, and {@code memory=default} for what the config says. Keeps no state. */
final class LimitWords {
    /** In the order in which they are shown. */
    static final List<String> NAMES =
            List.of(
                    "sessions",
                    "forwards",
                    "bytes-per-second",
                    "workspaces",
                    "memory",
                    "cpus",
                    "pids",
                    "gpus");

    private static final String DEFAULT = "default";

    private LimitWords() {}

    /**
     * The limits after one more word.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    static PrincipalLimits with(PrincipalLimits limits, String word) {
        int sign = word.indexOf('=');
        if (sign < 1) {
            throw new IllegalArgumentException(
                    "'" + word + "' is no limit; write one such as memory=8GiB");
        }
        return with(limits, word.substring(0, sign), word.substring(sign + 1));
    }

    /** The same with the name and the value apart. */
    static PrincipalLimits with(PrincipalLimits limits, String name, String value) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no limit '"
                            + name
                            + "'"
                            + DidYouMean.nearest(name, NAMES)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; there are " + String.join(", ", NAMES)));
        }
        Map<String, String> words = words(limits);
        if (value.equals(DEFAULT)) {
            words.remove(name);
        } else {
            words.put(name, value);
        }
        return read(words);
    }

    /**
     * The value in the one form in which it is shown, so that equal limits are equal texts.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    static String checked(String name, String value) {
        PrincipalLimits alone = with(PrincipalLimits.NONE, name, value);
        return words(alone).getOrDefault(name, DEFAULT);
    }

    private static PrincipalLimits read(Map<String, String> words) {
        return new PrincipalLimits(
                number(words, "sessions", 1, 10_000),
                number(words, "forwards", 1, 100_000),
                size(words, "bytes-per-second"),
                number(words, "workspaces", 0, 1_000),
                size(words, "memory"),
                Optional.ofNullable(words.get("cpus")).map(LimitWords::cpus),
                number(words, "pids", 8, 4_194_304),
                Optional.ofNullable(words.get("gpus")).map(LimitWords::gpus));
    }

    /** What is set, by name, as it is written. */
    static Map<String, String> words(PrincipalLimits limits) {
        Map<String, String> words = new LinkedHashMap<>();
        limits.sessions().ifPresent(n -> words.put("sessions", "" + n));
        limits.forwards().ifPresent(n -> words.put("forwards", "" + n));
        limits.bytesPerSecond().ifPresent(n -> words.put("bytes-per-second", "" + new ByteSize(n)));
        limits.workspaces().ifPresent(n -> words.put("workspaces", "" + n));
        limits.memoryBytes().ifPresent(n -> words.put("memory", "" + new ByteSize(n)));
        limits.cpus().ifPresent(n -> words.put("cpus", n.toPlainString()));
        limits.pids().ifPresent(n -> words.put("pids", "" + n));
        limits.gpus().ifPresent(text -> words.put("gpus", text));
        return words;
    }

    private static OptionalInt number(Map<String, String> words, String name, int least, int most) {
        String text = words.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        if (text.matches("\\d{1,8}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        throw new IllegalArgumentException(
                name + "='" + text + "' is no number from " + least + " to " + most);
    }

    private static OptionalLong size(Map<String, String> words, String name) {
        String text = words.get(name);
        return text == null ? OptionalLong.empty() : OptionalLong.of(ByteSize.parse(text).bytes());
    }

    private static BigDecimal cpus(String text) {
        if (!text.matches("\\d{1,4}(\\.\\d{1,3})?") || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException(
                    "cpus='" + text + "' is no number of CPUs; write one such as 4 or 0.5");
        }
        return new BigDecimal(text).stripTrailingZeros();
    }

    /** In the one form that {@link Gpus} writes. */
    private static String gpus(String text) {
        return Gpus.parse(text).toString();
    }
}
