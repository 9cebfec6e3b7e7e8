package dev.keyhole.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a Java process really holds: what is left after a full collection. */
public final class Heap {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private Heap() {}

    public static long usedKibibytes(long pid) {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!used.find()) {
            throw new AssertionError("no heap size from jcmd");
        }
        return Long.parseLong(used.group(1));
    }

    private static String jcmd(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Ran.of(Duration.ofSeconds(30), jcmd, "" + pid, command).orFail().stdout();
    }
}
