package dev.keyhole.gateway.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One line of the audit, read again: flat, as {@code EcsLine} writes it. Immutable. */
public final class EventLine {
    private final Map<String, String> fields;

    private EventLine(Map<String, String> fields) {
        this.fields = fields;
    }

    /** @throws IllegalArgumentException when it is no flat JSON object of texts, numbers and booleans */
    public static EventLine of(String json) {
        return new EventLine(new Reading(json).members());
    }

    /** A field as text, whatever it was. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** A field that is a whole number. */
    public OptionalLong number(String field) {
        String text = fields.get(field);
        return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    /** Walks once over a line. */
    private static final class Reading {
        private final String json;
        private int at;

        Reading(String json) {
            this.json = json;
        }

        Map<String, String> members() {
            Map<String, String> members = new LinkedHashMap<>();
            expect('{');
            while (peek() != '}') {
                String name = string();
                expect(':');
                members.put(name, peek() == '"' ? string() : bare());
                if (peek() == ',') {
                    at++;
                }
            }
            at++;
            if (at != json.length()) {
                throw wrong();
            }
            return members;
        }

        private String bare() {
            int from = at;
            while (peek() != ',' && peek() != '}') {
                at++;
            }
            return json.substring(from, at);
        }

        private String string() {
            expect('"');
            int from = at;
            while (peek() != '"' && peek() != '\\') {
                at++;
            }
            if (peek() == '"') {
                return json.substring(from, at++);
            }
            StringBuilder text = new StringBuilder(json.substring(from, at));
            while (peek() != '"') {
                char c = json.charAt(at++);
                text.append(c == '\\' ? escaped() : c);
            }
            at++;
            return text.toString();
        }

        private char escaped() {
            char c = peek();
            at++;
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'u' -> {
                    peekAt(at + 3);
                    at += 4;
                    yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
                }
                default -> c;
            };
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw wrong();
            }
            at++;
        }

        private char peek() {
            return peekAt(at);
        }

        private char peekAt(int index) {
            if (index >= json.length()) {
                throw wrong();
            }
            return json.charAt(index);
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("this is no line of an audit, at " + at);
        }
    }
}
