package dev.keyhole.image.build;

/** Hears how a build goes on; called from several threads. */
public interface BuildListener {
    /** A listener that shows nothing. */
    BuildListener SILENT = new BuildListener() {};

    /** What is done from now on. */
    default void step(String text) {}

    /** What a person should know about the image. */
    default void warning(String text) {}

    /**
     * How far layers are on their way.
     *
     * @param done 0 to 1
     * @param what of what is under way now
     */
    default void progress(double done, String what) {}
}
