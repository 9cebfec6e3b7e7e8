package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that nobody makes by accident. */
class KeyBlobTest {
    private static final BigInteger USUAL_EXPONENT = BigInteger.valueOf(65537);
    private static final BigInteger STRONG = BigInteger.TWO.pow(3071).add(BigInteger.ONE);

    @Test
    void exponentOneIsRefused() {
        assertThat(rsa(BigInteger.ONE, STRONG)).contains("exponent");
    }

    @Test
    void smallAndEvenAndEnormousExponentsAreRefused() {
        assertThat(rsa(BigInteger.valueOf(3), STRONG)).contains("exponent");
        assertThat(rsa(BigInteger.valueOf(65538), STRONG)).contains("exponent");
        assertThat(rsa(BigInteger.TWO.pow(64).add(BigInteger.ONE), STRONG)).contains("exponent");
        assertThat(rsa(BigInteger.TWO.pow(4000).add(BigInteger.ONE), STRONG))
                .contains("more than 64 bits");
    }

    @Test
    void modulusZeroAndNegativeAndEvenAreRefused() {
        assertThat(rsa(USUAL_EXPONENT, BigInteger.ZERO)).contains("zeros in front");
        assertThat(rsa(USUAL_EXPONENT, STRONG.negate())).contains("not positive");
        assertThat(rsa(USUAL_EXPONENT, STRONG.add(BigInteger.ONE))).contains("even");
    }

    @Test
    void aModulusOf16384BitsIsRefusedWithoutComputing() {
        BigInteger enormous = BigInteger.TWO.pow(16383).add(BigInteger.ONE);
        long start = System.nanoTime();

        assertThat(rsa(USUAL_EXPONENT, enormous)).contains("more than 8192 bits");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anRsaKeyOf8192BitsIsStillAccepted() {
        BigInteger large = BigInteger.TWO.pow(8191).add(BigInteger.ONE);

        assertThat(
                        parse(
                                PublicKeys.lineOf(
                                        "ssh-rsa",
                                        USUAL_EXPONENT.toByteArray(),
                                        large.toByteArray())))
                .isInstanceOf(KeyLine.Usable.class);
    }

    @Test
    void aSecondEncodingOfTheSameNumberIsRefused() {
        byte[] padded = new byte[STRONG.toByteArray().length + 1];
        System.arraycopy(STRONG.toByteArray(), 0, padded, 1, padded.length - 1);

        assertThat(reason(PublicKeys.lineOf("ssh-rsa", USUAL_EXPONENT.toByteArray(), padded)))
                .contains("zeros in front");
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] key = Arrays.copyOfRange(PublicKeys.blob("ed25519"), 19, 51);

        assertThat(reason(PublicKeys.lineOf("ssh-ed25519", key, "more"))).contains("after its end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void ed25519KeysThatAcceptForgeriesOrAreNoPointsAreRefused(String key) {
        assertThat(reason(PublicKeys.lineOf("ssh-ed25519", HexFormat.of().parseHex(key))))
                .contains("Ed25519");
    }

    @Test
    void anEd25519KeyOfAnotherLengthIsRefused() {
        assertThat(reason(PublicKeys.lineOf("ssh-ed25519", new byte[33]))).contains("33 bytes");
    }

    @Test
    void anEcdsaPointOffItsCurveIsRefused() {
        byte[] point = Arrays.copyOfRange(PublicKeys.blob("ecdsa-b256"), 39, 104);
        point[64] ^= 1;

        assertThat(reason(PublicKeys.lineOf("ecdsa-sha2-nistp256", "nistp256", point)))
                .contains("not on the curve");
        assertThat(reason(PublicKeys.lineOf("ecdsa-sha2-nistp256", "nistp384", point)))
                .contains("another curve");
        assertThat(reason(PublicKeys.lineOf("ecdsa-sha2-nistp256", "nistp256", new byte[] {0})))
                .contains("wrong form");
    }

    @Test
    void aSecurityKeyWithoutApplicationIsRefused() {
        byte[] key = Arrays.copyOfRange(PublicKeys.blob("ed25519"), 19, 51);

        assertThat(reason(PublicKeys.lineOf("sk-ssh-ed25519@openssh.com", key, "")))
                .contains("application");
        assertThat(reason(PublicKeys.lineOf("sk-ssh-ed25519@openssh.com", key)))
                .contains("ends too early");
    }

    @Test
    void everyPrefixOfARealKeyIsRefused() {
        byte[] blob = PublicKeys.blob("ecdsa-b521");
        for (int length = 0; length < blob.length; length++) {
            String base64 =
                    java.util.Base64.getEncoder().encodeToString(Arrays.copyOf(blob, length));
            assertThat(parse("ecdsa-sha2-nistp521 " + base64)).isInstanceOf(KeyLine.Skipped.class);
        }
    }

    private static String rsa(BigInteger exponent, BigInteger modulus) {
        return reason(PublicKeys.lineOf("ssh-rsa", exponent.toByteArray(), modulus.toByteArray()));
    }

    private static String reason(String line) {
        KeyLine read = parse(line);
        assertThat(read).isInstanceOf(KeyLine.Skipped.class);
        return ((KeyLine.Skipped) read).reason();
    }

    private static KeyLine parse(String line) {
        return AuthorizedKeysLine.parse(line, KeyRules.usual());
    }
}
