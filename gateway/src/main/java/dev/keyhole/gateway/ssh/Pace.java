package dev.keyhole.gateway.ssh;

import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.common.SshConstants;

/**
 * How fast the messages of one connection are handled. Data and what makes room for it may come as fast as they can; all
 * others (requests, openings, small talk) cost work out of proportion to their bytes, so each counts as much as eight.
 * Who sends more is not cut: the next message is read later, and the sender's TCP feels it.
 *
 * <p>Used by the one thread that handles the connection's messages; it waits.
 */
final class Pace {
    /** So 40,000 packets of data, or 5,000 others, a second: a bulk transfer at 500 MB/s sends some 16,000. */
    private static final long UNITS_A_SECOND = 40_000;

    private static final int DATA = 1;
    private static final int OTHERS = 8;

    /** Shorter waits are saved up: a thread that parks costs more than a message. */
    private static final long SHORTEST_WAIT = 2_000_000;

    private final TokenBucket bucket = new TokenBucket();

    /** Returns when a message of that number may be handled. */
    void pass(int message) {
        int units =
                switch (message) {
                    case SshConstants.SSH_MSG_CHANNEL_DATA,
                            SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST ->
                            DATA;
                    default -> OTHERS;
                };
        long wait = bucket.book(units, UNITS_A_SECOND, System.nanoTime());
        if (wait >= SHORTEST_WAIT) {
            LockSupport.parkNanos(this, wait);
        }
    }
}
