package dev.keyhole.app;

import java.nio.file.Path;

/** Sends log lines to a file instead of standard error, where a person reads something else. */
final class DoorLog {
    private DoorLog() {}

    /** Works only before the first line is logged. */
    static void to(Path file) {
        System.setProperty("keyhole.log", file.toString());
        System.setProperty("logback.configurationFile", "dev/keyhole/app/log-to-file.xml");
    }
}
