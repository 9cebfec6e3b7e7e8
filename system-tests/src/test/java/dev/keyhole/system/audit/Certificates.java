package dev.keyhole.system.audit;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An authority and a certificate of it for a server with one DNS name, made by openssl in a directory. */
record Certificates(Path directory) {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final List<String> KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    static Certificates make(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("ext"), "subjectAltName=DNS:" + name + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates made = new Certificates(directory);
        made.openssl("req -x509 -days 2 -subj /CN=authority -keyout ca.key -out ca.pem", KEY);
        made.openssl("req -subj /CN=receiver -keyout key.pem -out request.pem", KEY);
        made.openssl(
                "x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial"
                        + " -extfile ext -out cert.pem",
                List.of());
        return made;
    }

    private void openssl(String words, List<String> more) {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        command.addAll(more);
        Ran.of(SHORT, new ProcessBuilder(command).directory(directory.toFile())).orFail();
    }

    Path authority() {
        return directory.resolve("ca.pem");
    }
}
