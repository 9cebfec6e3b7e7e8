package dev.keyhole.system.hostile;

import dev.keyhole.system.Door;
import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a door really holds: what is left after a full collection. */
final class Heap {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private Heap() {}

    static long usedKibibytes(Door door) {
        jcmd(door, "GC.run");
        Matcher used = USED.matcher(jcmd(door, "GC.heap_info"));
        if (!used.find()) {
            throw new AssertionError("no heap size from jcmd");
        }
        return Long.parseLong(used.group(1));
    }

    private static String jcmd(Door door, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Ran.of(Duration.ofSeconds(30), jcmd, "" + door.doorPid(), command).orFail().stdout();
    }
}
