package dev.keyhole.client;

import java.time.Duration;

/** Durations as a person reads them: {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
final class Spoken {
    private Spoken() {}

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
