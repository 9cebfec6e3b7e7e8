package dev.keyhole.image.freshness;

import dev.keyhole.image.base.Jupyter;
import java.util.Map;
import java.util.Optional;

/** The labels that tell what one of our images was built of. */
record ImageLabels(Map<String, String> labels) {
    static final String BASE_NAME = "org.opencontainers.image.base.name";
    static final String BASE_DIGEST = "org.opencontainers.image.base.digest";
    static final String VERSION = "dev.keyhole.version";
    static final String JUPYTER = "dev.keyhole.jupyter";
    static final String PYTHON = "dev.keyhole.python";

    /** The release that built it; empty when it is none of ours. */
    Optional<String> keyhole() {
        return value(VERSION);
    }

    Optional<String> baseName() {
        return value(BASE_NAME);
    }

    Optional<String> baseDigest() {
        return value(BASE_DIGEST);
    }

    /** As the label says it, when it says something that can be understood. */
    Optional<Jupyter> jupyter() {
        var words = value(JUPYTER).orElse("").split(" ");
        for (var kind : Jupyter.Kind.values()) {
            if (words.length == 2 && words[0].equals(kind.distribution())) {
                return Optional.of(new Jupyter(kind, words[1], value(PYTHON).orElse("")));
            }
        }
        return Optional.empty();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(labels.get(name)).filter(text -> !text.isBlank());
    }
}
