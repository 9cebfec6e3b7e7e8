package dev.keyhole.gateway.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes to and from a service, with an end of their own in each direction, as TCP has it. One thread reads, one writes;
 * both block, and any thread may close it, which ends both.
 */
public interface ByteStream extends Closeable {
    /**
     * Waits for bytes and puts some into the buffer, which must have room.
     *
     * @return how many; -1 when the service has sent its last one
     * @throws IOException when the service broke it off, or it was closed
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Waits until at least one byte is on its way.
     *
     * @return how many are
     * @throws IOException when the service reads no more, or it was closed
     */
    int write(ByteBuffer from) throws IOException;

    /** Nothing more will be written; what was written arrives before the service hears of it. */
    void endOutput() throws IOException;
}
