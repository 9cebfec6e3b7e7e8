package dev.keyhole.wire;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON text on one line: for {@code --json}, the audit and files of ours.
 *
 * <p>Stricter than RFC 8259 asks: besides control characters it escapes everything outside printable ASCII that could
 * act on a terminal or reorder a line (C1 controls, bidirectional and other format characters, lone surrogates), so that
 * a text chosen by an attacker stays one visible line. Thread-safe: it keeps no state.
 */
public final class Json {
    /** Text that is JSON already and is written as it is. */
    public record Raw(String text) {}

    private Json() {}

    /**
     * Writes a value: {@code null}, booleans, numbers, maps, iterables, records (as objects in component order), {@code
     * Optional} (absent members are left out); anything else as the string that its {@code toString} gives.
     */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder(256);
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag.booleanValue());
            case Double real when !Double.isFinite(real) -> out.append("null");
            case Number number -> out.append(number);
            case Map<?, ?> map -> appendObject(out, map);
            case Iterable<?> items -> appendArray(out, items);
            case Optional<?> maybe -> append(out, maybe.orElse(null));
            case Raw raw -> out.append(raw.text());
            case Record fields -> appendObject(out, members(fields));
            default -> appendString(out, value.toString());
        }
    }

    private static void appendObject(StringBuilder out, Map<?, ?> members) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (member.getValue() instanceof Optional<?> maybe && maybe.isEmpty()) {
                continue;
            }
            out.append(separator);
            appendString(out, String.valueOf(member.getKey()));
            out.append(':');
            append(out, member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, Iterable<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            append(out, item);
            separator = ",";
        }
        out.append(']');
    }

    private static Map<String, @Nullable Object> members(Record fields) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component :
                Objects.requireNonNull(fields.getClass().getRecordComponents())) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                members.put(component.getName(), accessor.invoke(fields));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        "A record of " + fields.getClass() + " cannot be read", e);
            }
        }
        return members;
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))
                            && Printable.isPrintable(text.codePointAt(i))) {
                        out.append(c).append(text.charAt(++i));
                    } else if (Printable.isPrintable(c)) {
                        out.append(c);
                    } else {
                        out.append("\\u").append(HEX[c >> 12]).append(HEX[(c >> 8) & 15]);
                        out.append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
                    }
                }
            }
        }
        out.append('"');
    }

    private static final char[] HEX = "0123456789abcdef".toCharArray();
}
