package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.workspace.Resources;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** The four words of a {@code limits} request: bytes, CPUs, processes, GPUs; {@code -} for what the config says. */
final class LimitWords {
    private static final String UNSAID = "-";
    private static final String WHOLE = "[1-9]\\d{0,17}";
    private static final String DECIMAL = "\\d{1,4}(\\.\\d{1,3})?";

    private LimitWords() {}

    static String of(Resources resources) {
        return String.join(
                " ",
                resources.memoryBytes().isPresent()
                        ? Long.toString(resources.memoryBytes().getAsLong())
                        : UNSAID,
                resources.cpus().map(BigDecimal::toPlainString).orElse(UNSAID),
                resources.pids().isPresent()
                        ? Integer.toString(resources.pids().getAsInt())
                        : UNSAID,
                resources.gpus().map(Object::toString).orElse(UNSAID));
    }

    /** @throws IllegalArgumentException when a word is not what it should be */
    static Resources parse(String[] words) {
        Optional<Long> memory = word(words[2], WHOLE, Long::parseLong);
        Optional<Integer> pids = word(words[4], "[1-9]\\d{0,6}", Integer::parseInt);
        return new Resources(
                memory.isPresent() ? OptionalLong.of(memory.get()) : OptionalLong.empty(),
                word(words[3], DECIMAL, BigDecimal::new),
                pids.isPresent() ? OptionalInt.of(pids.get()) : OptionalInt.empty(),
                word(words[5], ".+", Gpus::parse));
    }

    private static <T> Optional<T> word(String word, String grammar, Function<String, T> parse) {
        if (word.equals(UNSAID)) {
            return Optional.empty();
        }
        if (!word.matches(grammar)) {
            throw new IllegalArgumentException("not a limit");
        }
        return Optional.of(parse.apply(word));
    }
}
