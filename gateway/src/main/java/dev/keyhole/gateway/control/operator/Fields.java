package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.config.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a request. Every one must be asked for by the verb: one that nobody asks for is a mistake, not
 * something to overlook. Used by one thread.
 */
public final class Fields {
    private final Map<String, ?> members;
    private final String operator;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param members texts, booleans, numbers, lists and maps of such */
    public Fields(Map<String, ?> members) {
        this(members, "operator");
    }

    /** @param operator who asks */
    Fields(Map<String, ?> members, String operator) {
        this.members = members;
        this.operator = operator;
    }

    /** The name of who asks, as the kernel told it; never what the request says. */
    String operator() {
        return operator;
    }

    /** A text that may be missing. */
    Optional<String> text(String name) throws OperatorRefusal {
        return switch (member(name)) {
            case Missing missing -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw wrong(name, "a text");
        };
    }

    /** A text that must be there. */
    String needed(String name) throws OperatorRefusal {
        return text(name)
                .orElseThrow(() -> OperatorRefusal.usage("The request lacks '" + name + "'."));
    }

    /** Whether it is there and true. */
    boolean flag(String name) throws OperatorRefusal {
        return choice(name).orElse(false);
    }

    /** True, false, or missing. */
    Optional<Boolean> choice(String name) throws OperatorRefusal {
        return switch (member(name)) {
            case Missing missing -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Object other -> throw wrong(name, "true or false");
        };
    }

    /** A whole number that may be missing. */
    Optional<Long> number(String name) throws OperatorRefusal {
        return switch (member(name)) {
            case Missing missing -> Optional.empty();
            case Long number -> Optional.of(number);
            case Object other -> throw wrong(name, "a whole number");
        };
    }

    /** Texts; none when it is missing. */
    List<String> texts(String name) throws OperatorRefusal {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** Objects with members of their own; none when it is missing. */
    List<Fields> objects(String name) throws OperatorRefusal {
        List<Fields> objects = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Fields(named(map)));
        }
        return objects;
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new java.util.LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private List<?> items(String name) throws OperatorRefusal {
        return switch (member(name)) {
            case Missing missing -> List.of();
            case List<?> items -> items;
            case Object other -> throw wrong(name, "a list");
        };
    }

    /** Nothing is there that nobody asked for. */
    void requireNothingElse() throws OperatorRefusal {
        for (String name : members.keySet()) {
            if (!asked.contains(name)) {
                throw OperatorRefusal.usage(
                        "The request has '"
                                + name
                                + "', which nobody asks for."
                                + DidYouMean.nearest(name, asked)
                                        .map(near -> " Did you mean '" + near + "'?")
                                        .orElse(""));
            }
        }
    }

    private record Missing() {}

    private Object member(String name) {
        asked.add(name);
        Object value = members.get(name);
        return value == null ? new Missing() : value;
    }

    private static OperatorRefusal wrong(String name, String wanted) {
        return OperatorRefusal.usage("'" + name + "' of the request must be " + wanted + ".");
    }
}
