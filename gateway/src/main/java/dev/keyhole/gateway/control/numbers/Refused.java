package dev.keyhole.gateway.control.numbers;

import dev.keyhole.wire.Code;
import java.util.Comparator;

/** Where somebody was told no, and with which code: as many as there are steps and codes, and no more. */
public record Refused(Step step, Code code) implements Comparable<Refused> {
    @Override
    public int compareTo(Refused other) {
        return Comparator.comparing(Refused::step)
                .thenComparing(Refused::code)
                .compare(this, other);
    }
}
