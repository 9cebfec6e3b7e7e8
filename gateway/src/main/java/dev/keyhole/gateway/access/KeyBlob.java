package dev.keyhole.gateway.access;

import java.math.BigInteger;

/**
 * Checks that a key is what its line says, well-formed and strong enough, before anybody computes with it: a key with a
 * degenerate number accepts forged signatures, and one with an enormous number costs seconds for each.
 */
final class KeyBlob {
    private static final int LARGEST_RSA = 8192;
    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65537);

    private KeyBlob() {}

    static void check(KeyType type, byte[] blob, int rsaMin) throws LineRefused {
        BlobReader fields = new BlobReader(blob);
        if (!fields.text().equals(type.sshName())) {
            throw broken("its key is of another kind than the line says");
        }
        switch (type) {
            case ED25519 -> EdwardsPoint.check(fields.bytes());
            case ECDSA_P256, SK_ECDSA -> ecdsa(fields, NistCurve.P256);
            case ECDSA_P384 -> ecdsa(fields, NistCurve.P384);
            case ECDSA_P521 -> ecdsa(fields, NistCurve.P521);
            case SK_ED25519 -> EdwardsPoint.check(fields.bytes());
            case RSA -> rsa(fields, rsaMin);
        }
        if (type.isSecurityKey() && fields.text().isEmpty()) {
            throw broken("its security key names no application");
        }
        fields.end();
    }

    private static void ecdsa(BlobReader fields, NistCurve curve) throws LineRefused {
        if (!fields.text().equals(curve.sshName())) {
            throw broken("its key is on another curve than the line says");
        }
        curve.check(fields.bytes());
    }

    private static void rsa(BlobReader fields, int rsaMin) throws LineRefused {
        BigInteger exponent = fields.positive(64);
        if (!exponent.testBit(0)
                || exponent.compareTo(SMALLEST_EXPONENT) < 0
                || exponent.bitLength() > 64) {
            throw broken("its RSA exponent is not an odd number from 65537 to 2^64");
        }
        BigInteger modulus = fields.positive(LARGEST_RSA);
        if (modulus.bitLength() < rsaMin) {
            boolean choice = modulus.bitLength() >= KeyRules.LOWEST_RSA_MIN;
            throw new LineRefused(
                    "RSA with " + modulus.bitLength() + " bits is weaker than " + rsaMin,
                    "Make a new key with `ssh-keygen -t ed25519`"
                            + (choice
                                    ? ", or accept the weakness with --rsa-min 2048 (config: rsa-min: 2048)."
                                    : "."));
        }
        if (!modulus.testBit(0)) {
            throw broken("its RSA modulus is even");
        }
    }

    static LineRefused broken(String reason) {
        return new LineRefused(
                reason, "Copy the line again from the .pub file, or make a new key.");
    }
}
