package dev.keyhole.system.freshness;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@code keyhole image …} with a cache and logins of its own. */
final class Check {
    private final Path place;
    private final Map<String, String> environment = new TreeMap<>();

    Check(Path place) {
        this.place = place;
        with("XDG_CACHE_HOME", place.resolve("cache").toString());
        with("DOCKER_CONFIG", place.resolve("docker").toString());
        with("HOME", place.toString());
        with("PATH", "/usr/bin:/bin");
        // of this process, which is the build's
        String java = System.getenv("JAVA_HOME");
        if (java != null) {
            with("JAVA_HOME", java);
        }
    }

    Check with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path place() {
        return place;
    }

    Ran image(String... words) {
        List<String> command = new ArrayList<>(List.of(Places.command().toString(), "image"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return Ran.of(Duration.ofSeconds(120), builder);
    }
}
