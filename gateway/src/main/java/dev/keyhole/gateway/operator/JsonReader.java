package dev.keyhole.gateway.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object (RFC 8259) into maps, lists, texts, booleans and numbers. Stricter than the RFC: no member comes
 * twice, nothing follows the object, and depth and lengths are bounded. Thread-safe.
 */
final class JsonReader {
    private static final int DEEPEST = 16;

    private final JsonFactory factory;

    /** @param longest characters of one text */
    JsonReader(int longest) {
        factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEEPEST)
                                        .maxStringLength(longest)
                                        .maxNumberLength(20)
                                        .maxNameLength(64)
                                        .build())
                        .build();
    }

    /** @throws NotJson when it is not exactly one object */
    Map<String, @Nullable Object> object(String text) throws NotJson {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotJson("a request is one JSON object");
            }
            Map<String, @Nullable Object> object = members(parser);
            if (parser.nextToken() != null) {
                throw new NotJson("something follows the JSON object");
            }
            return object;
        } catch (JacksonException e) {
            throw new NotJson(e.getOriginalMessage());
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser parser) throws NotJson {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) throws NotJson {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new NotJson("the JSON ends too early");
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new NotJson("a value is missing");
        };
    }

    private static List<@Nullable Object> items(JsonParser parser) throws NotJson {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }
}
