package dev.keyhole.gateway.workspace;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client's terminal is set to, as opcode and value (RFC 4254, section 8; RFC 8160). Immutable.
 *
 * @param values in the order of the client
 */
public record TerminalModes(Map<Integer, Integer> values) {
    public static final TerminalModes NONE = new TerminalModes(Map.of());

    private static final int END = 0;
    private static final int FIRST_UNDEFINED = 160;

    public TerminalModes {
        for (int opcode : values.keySet()) {
            if (opcode <= END || opcode >= FIRST_UNDEFINED) {
                throw new IllegalArgumentException("no terminal mode: " + opcode);
            }
        }
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the encoded form. As the RFC says, an opcode from 160 on ends it; so does half a value. */
    public static TerminalModes parse(byte[] encoded) {
        Map<Integer, Integer> values = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            int opcode = bytes.get() & 0xff;
            if (opcode == END || opcode >= FIRST_UNDEFINED || bytes.remaining() < Integer.BYTES) {
                break;
            }
            values.put(opcode, bytes.getInt());
        }
        return values.isEmpty() ? NONE : new TerminalModes(values);
    }
}
