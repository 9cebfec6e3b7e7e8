package dev.keyhole.gateway.control.operator;

import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a request, so that it is told at once. Used by one thread. */
final class Problems {
    private final List<String> found = new ArrayList<>();
    private boolean onlyKeys = true;

    /** A value that is not one. */
    void value(String problem) {
        onlyKeys = false;
        found.add(problem);
    }

    /** A key that is not let in. */
    void key(String problem) {
        found.add(problem);
    }

    /** The value, or the problem that its grammar has with it and null. */
    <T> @Nullable T value(String where, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            value(where + ": " + e.getMessage());
            return null;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    List<String> found() {
        return List.copyOf(found);
    }

    /** @throws OperatorRefusal with all of them, if there is any */
    void refuseIfAny() throws OperatorRefusal {
        if (!found.isEmpty()) {
            throw onlyKeys
                    ? OperatorRefusal.of(ExitStatus.REFUSED, Code.KEY_UNUSABLE, found)
                    : OperatorRefusal.of(ExitStatus.USAGE, Code.INPUT_INVALID, found);
        }
    }
}
