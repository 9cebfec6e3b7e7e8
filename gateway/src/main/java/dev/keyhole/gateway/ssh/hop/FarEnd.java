package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import org.jspecify.annotations.Nullable;

/**
 * What a host says about the end of a command (RFC 4254, section 6.10); neither when the channel ended without a word.
 *
 * @param signal without {@code SIG}
 */
record FarEnd(@Nullable Integer status, @Nullable String signal) {
    /** What ssh itself exits with when the connection is gone. */
    private static final int WITHOUT_A_WORD = 255;

    CommandEnd commandEnd() {
        if (status != null) {
            return new CommandEnd.Exited(status & 0xff);
        }
        if (signal != null) {
            return new CommandEnd.Killed(
                    CommandSignal.of(signal).orElse(CommandSignal.KILL).number());
        }
        return new CommandEnd.Exited(WITHOUT_A_WORD);
    }
}
