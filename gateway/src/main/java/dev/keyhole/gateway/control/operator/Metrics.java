package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code keyhole metrics}: the numbers for Prometheus. Not audited: it is asked every few seconds and tells of nobody. */
public final class Metrics implements OperatorVerb {
    private final Supplier<DoorNumbers> numbers;
    private final Function<DoorNumbers, String> text;

    /** @param text in the format of Prometheus; thread-safe */
    public Metrics(Supplier<DoorNumbers> numbers, Function<DoorNumbers, String> text) {
        this.numbers = numbers;
        this.text = text;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("the door", talk -> show());
    }

    private Answer show() {
        String exposition = text.apply(numbers.get());
        return Answer.done(exposition, Map.of("metrics", exposition));
    }
}
