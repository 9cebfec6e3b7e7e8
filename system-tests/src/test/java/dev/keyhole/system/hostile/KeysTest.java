package dev.keyhole.system.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys open the door, and which never do. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysTest {
    private static final String SK_LINE =
            "sk-ssh-ed25519@openssh.com "
                    + "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAILMnL+AK8OY6vNpSHlj0Gul/7UAicgC7v3jiMBfvTIKHAAAABHNzaDo= fido\n";

    private final Map<String, KeyFile> keys = new LinkedHashMap<>();
    private final Door door;

    KeysTest() throws IOException {
        DoorSetup setup = DoorSetup.usual();
        Path place = setup.place();
        keys.put("ed25519", setup.keys().getFirst());
        keys.put("ecdsa-256", KeyFile.make(place, "ecdsa-256", "ecdsa", "-b", "256"));
        keys.put("ecdsa-384", KeyFile.make(place, "ecdsa-384", "ecdsa", "-b", "384"));
        keys.put("rsa-3072", KeyFile.make(place, "rsa-3072", "rsa", "-b", "3072"));
        keys.put("rsa-1024", KeyFile.make(place, "rsa-1024", "rsa", "-b", "1024"));
        keys.put("rsa-2047", KeyFile.make(place, "rsa-2047", "rsa", "-b", "2047"));
        Path sk = place.resolve("fido");
        Files.writeString(sk.resolveSibling("fido.pub"), SK_LINE);
        keys.put("fido", new KeyFile(sk));
        Files.writeString(place.resolve("broken.pub"), brokenLines());
        keys.put("broken", new KeyFile(place.resolve("broken")));
        this.door = Door.up(setup.withKeys(keys.values().toArray(KeyFile[]::new)));
    }

    /** RSA keys that cost a careless server seconds, or that everybody can sign with. */
    private static String brokenLines() {
        BigInteger big = BigInteger.ONE.shiftLeft(3071).add(BigInteger.valueOf(0x1234567));
        BigInteger usual = BigInteger.valueOf(65537);
        return String.join(
                "\n",
                rsaLine(BigInteger.ONE, big, "exponent-1"),
                rsaLine(BigInteger.valueOf(65536), big, "exponent-even"),
                rsaLine(BigInteger.ONE.shiftLeft(65).add(BigInteger.ONE), big, "exponent-huge"),
                rsaLine(usual, BigInteger.ZERO, "modulus-0"),
                rsaLine(
                        usual,
                        BigInteger.ONE.shiftLeft(16383).add(BigInteger.ONE),
                        "modulus-16384"),
                "");
    }

    private static String rsaLine(BigInteger exponent, BigInteger modulus, String comment) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        for (byte[] field :
                List.of(
                        "ssh-rsa".getBytes(US_ASCII),
                        exponent.toByteArray(),
                        modulus.toByteArray())) {
            blob.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
            blob.writeBytes(field);
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(blob.toByteArray()) + " " + comment;
    }

    // E5, E6
    @Test
    void weakAndBrokenKeysAreNamedWhenTheDoorStarts() {
        assertThat(door.stderr())
                .contains("rsa-1024", "1024 bits", "rsa-2047", "2047 bits", "ssh-keygen -t ed25519")
                .contains(
                        "exponent-1",
                        "exponent-even",
                        "exponent-huge",
                        "modulus-0",
                        "modulus-16384");
    }

    @AfterAll
    void stop() {
        door.close();
    }

    private Ran loginWith(String key, String... options) {
        KeyFile file = keys.get(key);
        assertThat(file).isNotNull();
        return door.ssh()
                .withKey(java.util.Objects.requireNonNull(file))
                .with(options)
                .run("keyhole", "services");
    }

    // E3
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa-256", "ecdsa-384", "rsa-3072"})
    void goodKeysLogIn(String key) {
        Ran ran = loginWith(key);

        assertThat(ran.exit()).as(ran.toString()).isZero();
    }

    // E3
    @Test
    void aFidoKeyLogsInWhenItWasTouched() {
        assertThat(skLogin("touched")).isTrue();
    }

    // E3
    @Test
    void aFidoKeyDoesNotLogInUntouched() {
        assertThat(skLogin("untouched")).isFalse();
    }

    private boolean skLogin(String touched) {
        return Python.attack(door, "keys.py", "sk-login", touched).get("in").getAsBoolean();
    }

    // E5
    @ParameterizedTest
    @ValueSource(strings = {"rsa-1024", "rsa-2047"})
    void shortRsaKeysStayOutsideAlthoughTheyWereListed(String key) {
        // The client would not even offer such a key by its own choice.
        Ran ran = loginWith(key, "-o", "RequiredRSASize=1024");

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
        assertThat(ran.stderr()).contains("Permission denied (publickey)");
    }

    // E5
    @Test
    void aLongRsaKeyMayNotSignWithSha1() {
        Ran ran = loginWith("rsa-3072", "-o", "PubkeyAcceptedAlgorithms=ssh-rsa");

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
    }

    @Test
    void aKnownKeyWithoutItsOwnSignatureOpensNothing() {
        JsonObject verdict = Python.attack(door, "keys.py", "wrong-signatures");

        assertThat(Verdicts.each(verdict, JsonElement::getAsBoolean))
                .hasSize(6)
                .doesNotContainValue(true);
    }
}
