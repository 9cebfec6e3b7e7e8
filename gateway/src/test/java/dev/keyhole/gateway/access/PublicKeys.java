package dev.keyhole.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;

/** Public keys that ssh-keygen made, and blobs that it would never make. */
public final class PublicKeys {
    private PublicKeys() {}

    /** The line of {@code keys/NAME.pub}, such as {@code ed25519} or {@code rsa-b2048}. */
    public static String line(String name) {
        try (InputStream file =
                Objects.requireNonNull(
                        PublicKeys.class.getResourceAsStream("keys/" + name + ".pub"))) {
            return new String(file.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blob of such a line. */
    static byte[] blob(String name) {
        return Base64.getDecoder().decode(line(name).split(" ")[1]);
    }

    /** A line whose blob holds the fields, text as it is and bytes as they are. */
    static String lineOf(String type, Object... fields) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(blob)) {
            field(out, type.getBytes(UTF_8));
            for (Object field : fields) {
                field(
                        out,
                        field instanceof byte[] bytes ? bytes : field.toString().getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return type + " " + Base64.getEncoder().encodeToString(blob.toByteArray()) + " made@up";
    }

    private static void field(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
