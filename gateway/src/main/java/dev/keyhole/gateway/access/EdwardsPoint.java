package dev.keyhole.gateway.access;

import java.math.BigInteger;

/** Checks the point that an Ed25519 key is, RFC 8032 section 5.1.3. */
final class EdwardsPoint {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

    private EdwardsPoint() {}

    /** Refuses what is no point, or one of the eight whose multiples are few: those accept forged signatures. */
    static void check(byte[] key) throws LineRefused {
        if (key.length != 32) {
            throw KeyBlob.broken("its Ed25519 key has " + key.length + " bytes instead of 32");
        }
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = key[31 - i];
        }
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        if (y.compareTo(P) >= 0) {
            throw KeyBlob.broken("its Ed25519 key is not in its one right form");
        }
        BigInteger square = y.pow(2);
        BigInteger xSquare =
                square.subtract(BigInteger.ONE)
                        .multiply(square.multiply(D).add(BigInteger.ONE).modInverse(P))
                        .mod(P);
        BigInteger half = P.subtract(BigInteger.ONE).shiftRight(1);
        boolean isZero = xSquare.signum() == 0;
        if (isZero ? odd : !xSquare.modPow(half, P).equals(BigInteger.ONE)) {
            throw KeyBlob.broken("its Ed25519 key is no point of the curve");
        }
        if (isZero || y.signum() == 0 || isOfOrderEight(xSquare, square)) {
            throw KeyBlob.broken("its Ed25519 key is one that accepts forged signatures");
        }
    }

    /** Doubling lands on a point with y = 0, which has order four: (y² + x²) / (1 - d x² y²) = 0. */
    private static boolean isOfOrderEight(BigInteger xSquare, BigInteger ySquare) {
        return xSquare.add(ySquare).mod(P).signum() == 0;
    }
}
