package dev.keyhole.system.audit;

import dev.keyhole.system.AuditTrail.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Something that somebody does to a door, and what must stand in the audit about it.
 *
 * @param stays whether a session that it opens is still open when it is done
 */
record Deed(String name, Runnable does, List<Trace> traces, boolean stays) {
    /**
     * One event, and only one.
     *
     * @param fields what it says, by field; a value that ends with {@code …} is a beginning
     */
    record Trace(String action, Map<String, String> fields) {
        boolean fits(Event event) {
            return event.action().equals(action)
                    && fields.entrySet().stream()
                            .allMatch(field -> says(event, field.getKey(), field.getValue()));
        }

        private static boolean says(Event event, String field, String value) {
            String text = event.text(field);
            return value.endsWith("…")
                    ? text.startsWith(value.substring(0, value.length() - 1))
                    : text.equals(value);
        }
    }

    static Deed of(String name, Runnable does, Trace... traces) {
        return new Deed(name, does, Arrays.asList(traces), false);
    }

    /** One that leaves a session open. */
    Deed staying() {
        return new Deed(name, does, traces, true);
    }

    static Trace trace(String action, String... fieldsAndValues) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return new Trace(action, fields);
    }
}
