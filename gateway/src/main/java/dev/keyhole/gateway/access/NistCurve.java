package dev.keyhole.gateway.access;

import java.math.BigInteger;
import java.util.Arrays;

/** The curves of FIPS 186-5 that ECDSA keys may be on: y² = x³ - 3x + b modulo p. */
enum NistCurve {
    P256(
            "nistp256",
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
    P384(
            "nistp384",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
    P521(
            "nistp521",
            "1ff" + "f".repeat(128),
            "051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf07"
                    + "3573df883d2c34f1ef451fd46b503f00");

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final String sshName;
    private final BigInteger p;
    private final BigInteger b;

    NistCurve(String sshName, String p, String b) {
        this.sshName = sshName;
        this.p = new BigInteger(p, 16);
        this.b = new BigInteger(b, 16);
    }

    String sshName() {
        return sshName;
    }

    /** Refuses what is not an uncompressed point of this curve: such a key could leak or accept anything. */
    void check(byte[] point) throws LineRefused {
        int width = (p.bitLength() + 7) / 8;
        if (point.length != 1 + 2 * width || point[0] != 4) {
            throw KeyBlob.broken("its ECDSA point has a wrong form");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + width));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + width, point.length));
        BigInteger right = x.pow(3).subtract(x.multiply(THREE)).add(b).mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
            throw KeyBlob.broken("its ECDSA point is not on the curve");
        }
    }
}
