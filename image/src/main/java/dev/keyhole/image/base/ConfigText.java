package dev.keyhole.image.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The config of an image (OCI image-spec config.md; Docker's differs in nothing that we read). */
final class ConfigText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode config;

    /** @throws IOException when it is no JSON object */
    ConfigText(byte[] text) throws IOException {
        config = JSON.readTree(text);
        if (config == null || !config.isObject()) {
            throw new IOException("the image's config is no JSON object");
        }
    }

    String os() {
        return config.path("os").asText("linux");
    }

    String architecture() {
        return config.path("architecture").asText("");
    }

    /** {@code sha256:…} of each uncompressed layer, lowest first. */
    List<String> diffIds() {
        return strings(config.path("rootfs").path("diff_ids"));
    }

    BaseImage image(
            String reference, String digest, List<BaseLayer> layers, BaseContents contents) {
        var run = config.path("config");
        return new BaseImage(
                reference,
                digest,
                os(),
                architecture(),
                created(),
                environment(strings(run.path("Env"))),
                run.path("User").asText(""),
                Optional.of(run.path("WorkingDir").asText("")).filter(text -> !text.isEmpty()),
                strings(run.path("Entrypoint")),
                strings(run.path("Cmd")),
                labels(),
                layers,
                contents);
    }

    Instant created() {
        try {
            return OffsetDateTime.parse(config.path("created").asText("")).toInstant();
        } catch (DateTimeParseException unsaid) {
            return Instant.EPOCH;
        }
    }

    private static Map<String, String> environment(List<String> assignments) {
        var environment = new LinkedHashMap<String, String>();
        for (var assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return environment;
    }

    Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        config.path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(text -> strings.add(text.asText()));
        return strings;
    }
}
