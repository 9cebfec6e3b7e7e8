package dev.keyhole.gateway.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Where the audit waits for the disk. Tests slow it down and let it fail. */
interface Disk {
    /** What the door uses. */
    Disk REAL = channel -> channel.force(false);

    /** Blocks until what was written to that file would survive a loss of power. */
    void sync(FileChannel channel) throws IOException;
}
