package dev.keyhole.gateway.control.operator;

import java.io.IOException;

/** What is said to the operator while a verb is still at work. Used by the verb's thread. */
public interface Talk {
    /** A step that begins now. Never fails: work goes on when nobody looks. */
    void progress(String text);

    /**
     * One line of a stream.
     *
     * @throws IOException when nobody reads any more
     */
    void line(String text) throws IOException;

    /**
     * Nothing new, and the verb still follows.
     *
     * @throws IOException when nobody reads any more
     */
    void quiet() throws IOException;
}
