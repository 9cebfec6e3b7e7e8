package dev.keyhole.system.hostile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what a hostile client reports. */
final class Verdicts {
    private Verdicts() {}

    /** Every member of a verdict, in its order, in the form that a test compares. */
    static <T> Map<String, T> each(JsonObject verdict, Function<JsonElement, T> form) {
        Map<String, T> all = new LinkedHashMap<>();
        verdict.entrySet().forEach(entry -> all.put(entry.getKey(), form.apply(entry.getValue())));
        return all;
    }

    static Map<String, String> texts(JsonObject verdict) {
        return each(verdict, JsonElement::getAsString);
    }

    static List<String> list(JsonObject verdict, String member) {
        return verdict.getAsJsonArray(member).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
