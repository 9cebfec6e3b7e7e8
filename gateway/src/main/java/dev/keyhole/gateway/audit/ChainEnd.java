package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * The end of a chain, to which the next line is tied. Immutable.
 *
 * @param sequence of the last event; 0 before the first
 * @param hash of the last event's line; before the first, of the chain's id
 */
record ChainEnd(long sequence, byte[] hash) {
    static ChainEnd beforeTheFirst(String chainId) {
        return new ChainEnd(0, Sha256.of(chainId.getBytes(UTF_8)));
    }

    /** After one more line. */
    ChainEnd with(byte[] line) {
        return new ChainEnd(sequence + 1, Sha256.of(line));
    }

    /** What the next line says about this one. */
    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}
