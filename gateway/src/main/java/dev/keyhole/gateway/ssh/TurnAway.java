package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.model.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Tells a client why it is refused before there is any key exchange: our version line, and a disconnect message in the
 * clear (RFC 4253, sections 4.2, 6 and 11.1), which stock ssh prints. No session of MINA's is made for it and no thread
 * waits; the connection is left open for a moment, because closing it with unread bytes of the client's would take the
 * text back (RFC 1122, section 4.2.2.13).
 *
 * <p>Thread-safe. Bounded: when too many are being told, others are closed without a word.
 */
final class TurnAway {
    static final int MOST_AT_A_TIME = 128;

    private static final Duration LINGER = Duration.ofSeconds(1);

    /** What a client sends before it reads: its version line and its KEXINIT. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final int BLOCK = 8;
    private static final int LEAST_PADDING = 4;

    private final String identification;
    private final Timers timers;
    private final AtomicInteger lingering = new AtomicInteger();

    /** @param identification after {@code SSH-2.0-} */
    TurnAway(String identification, Timers timers) {
        this.identification = identification;
        this.timers = timers;
    }

    /** Returns at once; the connection is closed soon, whatever its client does. */
    void tell(IoSession connection, Refusal why) {
        if (lingering.incrementAndGet() > MOST_AT_A_TIME) {
            lingering.decrementAndGet();
            connection.close(true);
            return;
        }
        connection.setAttribute(TurnAway.class, new AtomicInteger());
        connection.addCloseFutureListener(closed -> lingering.decrementAndGet());
        try {
            connection.writeBuffer(new ByteArrayBuffer(words(why)));
            connection.shutdownOutputStream();
            timers.after(LINGER, () -> connection.close(true));
        } catch (IOException e) {
            connection.close(true);
        }
    }

    /** Whether that connection is being told; whatever it sends is not looked at. */
    boolean ignores(IoSession connection, int bytes) {
        if (!(connection.getAttribute(TurnAway.class) instanceof AtomicInteger seen)) {
            return false;
        }
        if (seen.addAndGet(bytes) > MOST_BYTES) {
            connection.close(true);
        }
        return true;
    }

    private byte[] words(Refusal why) {
        byte[] text = why.message().getBytes(StandardCharsets.UTF_8);
        ByteArrayBuffer payload = new ByteArrayBuffer();
        payload.putByte(SshConstants.SSH_MSG_DISCONNECT);
        payload.putUInt(SshConstants.SSH2_DISCONNECT_BY_APPLICATION);
        payload.putBytes(text);
        payload.putString("");
        int unpadded = Integer.BYTES + 1 + payload.available();
        int padding = BLOCK - unpadded % BLOCK;
        padding += padding < LEAST_PADDING ? BLOCK : 0;
        ByteArrayBuffer all = new ByteArrayBuffer();
        all.putRawBytes(("SSH-2.0-" + identification + "\r\n").getBytes(StandardCharsets.US_ASCII));
        all.putUInt(1L + payload.available() + padding);
        all.putByte((byte) padding);
        all.putRawBytes(payload.getCompactData());
        all.putRawBytes(new byte[padding]);
        return all.getCompactData();
    }
}
