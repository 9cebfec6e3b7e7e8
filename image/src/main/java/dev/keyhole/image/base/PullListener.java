package dev.keyhole.image.base;

/** Hears how downloads of layers go on, for bars; called from several threads at once. */
public interface PullListener {
    /** A listener that shows nothing. */
    PullListener SILENT = new PullListener() {};

    /** A layer that is not in the cache begins to arrive; {@code size} bytes are to come. */
    default void begins(String digest, long size) {}

    /** More bytes of it are here. */
    default void received(String digest, long bytes) {}

    /** It is here whole. */
    default void ends(String digest) {}
}
