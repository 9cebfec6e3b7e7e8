package dev.keyhole.system.image;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code keyhole image …} with a cache that this run's tests share. */
public final class Image {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static boolean built; // guarded by the class

    private Image() {}

    public static Ran keyhole(String... words) {
        List<String> command = new ArrayList<>(List.of(Places.command().toString(), "image"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_CACHE_HOME", cache().toString());
        return Ran.of(PATIENCE, builder);
    }

    static Path cache() {
        return Places.shared("image-cache");
    }

    /** The id of the image that a build wrote to a file. */
    public static String tar(Path base, Path tar) {
        Ran ran =
                keyhole("build", "--from", base.toString(), "--tar", tar.toString(), "--json")
                        .orFail();
        return member(ran.stdout(), "id");
    }

    /** The archive of an image on {@link Bases#jupyter()}; built once for all tests of a run. */
    public static synchronized Path workspace() {
        Path archive = Places.shared("workspace-image").resolve("image.tar");
        if (!built) {
            Places.remove(archive);
            tar(Bases.jupyter(), archive);
            built = true;
        }
        return archive;
    }

    /** A member of a JSON document whose value is plain text. */
    public static String member(String json, String name) {
        int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(at, json.indexOf('"', at));
    }
}
