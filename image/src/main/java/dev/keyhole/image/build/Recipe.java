package dev.keyhole.image.build;

import dev.keyhole.image.base.BaseImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image's config says beside its layers; the same for an image that jib makes and one of a Dockerfile.
 *
 * @param environment what is set over the base's
 * @param labels what is known about the image without looking into it
 */
record Recipe(Map<String, String> environment, Map<String, String> labels) {
    static final int PORT = 2222;
    static final List<String> COMMAND = List.of("inside");
    static final String USER = People.ID + ":" + People.ID;

    private static final String USUAL_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static Recipe of(BaseImage base, People people, String version) {
        Map<String, String> environment = new LinkedHashMap<>();
        String path = base.environment().getOrDefault("PATH", USUAL_PATH);
        environment.put("PATH", ProgramFiles.ROOT + "/bin:" + path);
        environment.put("HOME", People.HOME);
        environment.put("USER", people.name());
        ProgramFiles.environment()
                .forEach(word ->
                        environment.put(
                                word.substring(0, word.indexOf('=')),
                                word.substring(word.indexOf('=') + 1)));
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.base.name", base.reference());
        labels.put("org.opencontainers.image.base.digest", base.digest());
        labels.put("dev.keyhole.version", version);
        base.contents()
                .jupyter()
                .ifPresent(jupyter -> {
                    labels.put("dev.keyhole.jupyter", jupyter.words());
                    labels.put("dev.keyhole.python", jupyter.python());
                });
        return new Recipe(environment, labels);
    }
}
