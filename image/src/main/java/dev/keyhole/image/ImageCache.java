package dev.keyhole.image;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where images keep on this machine what need not be fetched twice; the one class that knows these places. All of it can
 * be removed at any time, when nothing runs.
 */
public record ImageCache(Path root) {
    /** {@code $XDG_CACHE_HOME/keyhole/images}, else {@code ~/.cache/keyhole/images} (XDG base directories). */
    public static ImageCache ofUser(Map<String, String> environment) {
        var xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        var cache =
                xdg.startsWith("/")
                        ? Path.of(xdg)
                        : Path.of(
                                environment.getOrDefault("HOME", System.getProperty("user.home")),
                                ".cache");
        return new ImageCache(cache.resolve("keyhole").resolve("images"));
    }

    /** Layers of bases, in jib's own layout: reading a base and building on it share them. */
    public Path baseLayers() {
        return root.resolve("base-layers");
    }

    /** Where jib has layers while they arrive. */
    public Path unfinishedBaseLayers() {
        return baseLayers().resolve("tmp");
    }

    /** Layers that were built, in jib's own layout. */
    public Path builtLayers() {
        return root.resolve("built-layers");
    }

    /** Copies of files that a later layer must write anew, by their SHA-256. */
    public Path kept() {
        return root.resolve("kept");
    }
}
