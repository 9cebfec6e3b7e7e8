package dev.keyhole.system.image;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry on a loopback port, with storage of its own that goes with it. */
public final class Registry implements AutoCloseable {
    /** The user whom a registry with logins knows. */
    public static final String USER = "ada";

    public static final String PASSWORD = "right";

    /** bcrypt of {@link #PASSWORD}; nothing secret. */
    private static final String HTPASSWD =
            USER + ":$2b$05$q9UKXJAq0xoXbPMjqFkPU.tWzsf9OmLhSNVgvfCS2j.QHJulQVle.\n";

    private final Path place = Places.fresh("registry");
    private final int port = Ports.free();
    private final Process process;

    private Registry(String more) {
        try {
            Path config =
                    Files.writeString(
                            place.resolve("config.yml"),
                            """
                            version: 0.1
                            log: {level: error}
                            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                            http:
                              addr: 127.0.0.1:%d
                            %s
                            """
                                    .formatted(
                                            place.resolve("storage"), port, more.formatted(place)));
            process =
                    new ProcessBuilder("docker-registry", "serve", config.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(place.resolve("log").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Ports.awaitAccepting(port, Duration.ofSeconds(20));
    }

    /** Plain HTTP for everybody. */
    public static Registry open() {
        return new Registry("");
    }

    /** Plain HTTP, for {@link #USER} only. */
    public static Registry withLogins() {
        return new Registry("auth: {htpasswd: {realm: test, path: %s/htpasswd}}").prepared();
    }

    /** TLS by a certificate that nobody vouches for. */
    public static Registry withUnknownAuthority(Path certificates) {
        Ran.of(
                        Duration.ofSeconds(30),
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout",
                        certificates.resolve("key.pem").toString(),
                        "-out",
                        certificates.resolve("cert.pem").toString())
                .orFail();
        return new Registry(
                "  tls: {certificate: "
                        + certificates.resolve("cert.pem")
                        + ", key: "
                        + certificates.resolve("key.pem")
                        + "}");
    }

    /** It reads the file at each request. */
    private Registry prepared() {
        try {
            Files.writeString(place.resolve("htpasswd"), HTPASSWD);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    /** {@code 127.0.0.1:PORT/NAME}. */
    public String reference(String name) {
        return host() + "/" + name;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        Places.remove(place);
    }
}
