package dev.keyhole.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Reads what an audit says about people, by its description in docs/audit.md and not by the product's code. */
final class AuditNames {
    private record Person(String name, byte[] key) {}

    private final Map<String, Person> people = new HashMap<>();

    /** @param table of a home; none when there is no such file yet */
    AuditNames(Path table) throws IOException {
        if (Files.exists(table)) {
            for (String line : Files.readAllLines(table)) {
                JsonObject fields = JsonParser.parseString(line).getAsJsonObject();
                people.put(
                        fields.get("pseudonym").getAsString(),
                        new Person(
                                fields.get("name").getAsString(),
                                Base64.getDecoder().decode(fields.get("key").getAsString())));
            }
        }
    }

    /** The same event with what its tokens stand for; those of an erased person stay. */
    JsonObject shown(JsonObject event) {
        JsonObject shown = new JsonObject();
        event.entrySet().forEach(field -> shown.add(field.getKey(), shown(field.getValue())));
        return shown;
    }

    private JsonElement shown(JsonElement value) {
        if (!value.getAsJsonPrimitive().isString() || !value.getAsString().startsWith("~")) {
            return value;
        }
        String[] parts = value.getAsString().substring(1).split(":", 2);
        Person person = people.get(parts[0]);
        if (value.getAsString().startsWith("~~")) {
            return new JsonPrimitive(value.getAsString().substring(1));
        }
        if (person == null) {
            return value;
        }
        return new JsonPrimitive(parts.length == 1 ? person.name() : value(person.key(), parts[1]));
    }

    private static String value(byte[] key, String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] textKey = mac.doFinal("text".getBytes(UTF_8));
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(textKey, "AES"),
                    new IvParameterSpec(Arrays.copyOf(bytes, 16)));
            return new String(cipher.doFinal(bytes, 16, bytes.length - 16), UTF_8);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
