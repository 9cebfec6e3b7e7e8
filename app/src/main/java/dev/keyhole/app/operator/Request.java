package dev.keyhole.app.operator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one request, in the order in which they were given. Used by one thread. */
final class Request {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** @param verb such as {@code principal add} */
    Request(String verb) {
        members.put("verb", verb);
    }

    /** Adds a member, unless there is no value or an empty list of them. */
    Request with(String name, @Nullable Object value) {
        if (value != null && !(value instanceof Collection<?> items && items.isEmpty())) {
            members.put(name, value);
        }
        return this;
    }

    Map<String, Object> members() {
        return members;
    }
}
