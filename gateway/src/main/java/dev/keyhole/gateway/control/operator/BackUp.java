package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * {@code keyhole backup}: the store as it is now, as lines of base64. It goes over the socket and not as a file's name,
 * so that an operator with more rights than the door need not open a file that the door chose.
 */
public final class BackUp implements OperatorVerb {
    private static final int BLOCK = 48 * 1024; // no padding but in the last line

    /** Where copies come from. */
    public interface Copies {
        /** A whole copy of what is kept now; the caller closes it. */
        InputStream copy() throws StoreUnavailable;
    }

    private final Copies copies;

    public BackUp(Copies copies) {
        this.copies = copies;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("store", this::send);
    }

    private Answer send(Talk talk) throws OperatorRefusal, IOException {
        try (InputStream copy = copies.copy()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Base64.Encoder encoder = Base64.getEncoder();
            long length = 0;
            for (byte[] block = copy.readNBytes(BLOCK);
                    block.length > 0;
                    block = copy.readNBytes(BLOCK)) {
                digest.update(block);
                length += block.length;
                talk.line(encoder.encodeToString(block));
            }
            return Answer.done(
                    length + " bytes\n",
                    Map.of("bytes", length, "sha256", HexFormat.of().formatHex(digest.digest())));
        } catch (StoreUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    e.getMessage() + " There is no backup. " + Code.STORE_UNAVAILABLE.nextMove());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
