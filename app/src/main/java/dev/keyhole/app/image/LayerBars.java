package dev.keyhole.app.image;

import dev.keyhole.gateway.boot.ProgressLine;
import dev.keyhole.image.base.PullListener;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows how far the download of layers is: on a terminal one bar for all of them, elsewhere a line when it begins and
 * one when it ends. Thread-safe.
 */
final class LayerBars implements PullListener {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final double MEGABYTE = 1e6;

    private final ProgressLine line;
    private final boolean live;
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, Long> here = new HashMap<>();
    private long drawn;

    LayerBars(ProgressLine line, boolean live) {
        this.line = line;
        this.live = live;
    }

    @Override
    public synchronized void begins(String digest, long size) {
        sizes.put(digest, size);
        here.put(digest, 0L);
        if (!live) {
            line.step("Downloading layer " + shortened(digest) + ", " + megabytes(size));
        }
    }

    @Override
    public synchronized void received(String digest, long bytes) {
        here.merge(digest, bytes, Long::sum);
        long now = System.nanoTime();
        if (live && now - drawn > REDRAW_NANOS) {
            drawn = now;
            line.step(text());
        }
    }

    @Override
    public synchronized void ends(String digest) {
        here.put(digest, sizes.getOrDefault(digest, 0L));
        if (live) {
            line.step(text());
        }
    }

    String text() {
        long all = sum(sizes);
        long got = Math.min(all, sum(here));
        return "Downloading "
                + Bar.of(got, all)
                + " "
                + megabytes(got)
                + " of "
                + megabytes(all)
                + (sizes.size() == 1 ? ", 1 layer" : ", " + sizes.size() + " layers");
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String shortened(String digest) {
        return digest.substring(digest.indexOf(':') + 1).substring(0, 12);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
