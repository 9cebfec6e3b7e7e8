package dev.keyhole.system.freshness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A base of a few small files, pushed by the registry's own protocol: enough for what a check reads. */
final class TinyImage {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String architecture = "amd64";
    private int ballast;

    /** Debian 12 with Python 3.11, and the Jupyter of that version. */
    static TinyImage withJupyter(String version) {
        return new TinyImage()
                .file(
                        "etc/os-release",
                        "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
                .file(
                        "var/lib/dpkg/status",
                        "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n")
                .file(
                        "usr/local/lib/python3.11/dist-packages/jupyter_server-"
                                + version
                                + ".dist-info/METADATA",
                        "Name: jupyter_server\nVersion: " + version + "\n")
                .file("usr/bin/su", "setuid")
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    }

    TinyImage file(String path, String text) {
        files.put(path, text);
        return this;
    }

    TinyImage label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    TinyImage architecture(String name) {
        architecture = name;
        return this;
    }

    /** Bytes that no compression makes smaller. */
    TinyImage ballast(int bytes) {
        ballast = bytes;
        return this;
    }

    /** The manifest's digest. */
    String push(String registry, String repository, String tag) {
        return push(registry, repository, tag, "");
    }

    /** @param login {@code user:password}, empty for none */
    String push(String registry, String repository, String tag, String login) {
        try {
            String base = "http://" + registry + "/v2/" + repository;
            byte[] plain = layer();
            byte[] packed = gzip(plain);
            byte[] config =
                    """
                    {"architecture":"%s","os":"linux","created":"2026-11-01T00:00:00Z",
                    "config":{"Env":["PATH=/usr/bin"],"Labels":{%s}},
                    "rootfs":{"type":"layers","diff_ids":["%s"]}}\
                    """
                            .formatted(
                                    architecture,
                                    labels.entrySet().stream()
                                            .map(l ->
                                                    quoted(l.getKey()) + ":" + quoted(l.getValue()))
                                            .collect(Collectors.joining(",")),
                                    digest(plain))
                            .getBytes(UTF_8);
            blob(base, packed, login);
            blob(base, config, login);
            byte[] manifest =
                    """
                    {"schemaVersion":2,"mediaType":"%s",
                    "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},
                    "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":%d,"digest":"%s"}]}\
                    """
                            .formatted(
                                    MANIFEST,
                                    config.length,
                                    digest(config),
                                    packed.length,
                                    digest(packed))
                            .getBytes(UTF_8);
            send(
                    request(base + "/manifests/" + tag, login)
                            .header("Content-Type", MANIFEST)
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest)),
                    201);
            return digest(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An OCI index over images that were pushed, by architecture. */
    static String pushIndex(
            String registry, String repository, String tag, Map<String, String> digests) {
        String base = "http://" + registry + "/v2/" + repository;
        String manifests =
                digests.entrySet().stream()
                        .map(one ->
                                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}}"
                                        .formatted(
                                                MANIFEST,
                                                one.getValue(),
                                                size(base, one.getValue()),
                                                one.getKey()))
                        .collect(Collectors.joining(","));
        byte[] index =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                        .formatted(INDEX, manifests)
                        .getBytes(UTF_8);
        send(
                request(base + "/manifests/" + tag, "")
                        .header("Content-Type", INDEX)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(index)),
                201);
        return digest(index);
    }

    private static int size(String base, String digest) {
        return send(
                        request(base + "/manifests/" + digest, "").header("Accept", MANIFEST).GET(),
                        200)
                .body()
                .length();
    }

    private static void blob(String base, byte[] content, String login) {
        String place =
                send(
                                request(base + "/blobs/uploads/", login)
                                        .POST(HttpRequest.BodyPublishers.noBody()),
                                202)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
        URI upload = URI.create(base).resolve(place);
        send(
                request(
                                upload
                                        + (upload.getQuery() == null ? "?" : "&")
                                        + "digest="
                                        + digest(content),
                                login)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)),
                201);
    }

    private static HttpRequest.Builder request(String address, String login) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (!login.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, int expected) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new AssertionError(answer + "\n" + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte[] layer() throws IOException {
        Path root = Places.fresh("layer");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path place = root.resolve("tree").resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.writeString(place, file.getValue());
            }
            if (ballast > 0) {
                byte[] noise = new byte[ballast];
                new Random(7).nextBytes(noise);
                Files.write(root.resolve("tree/ballast"), noise);
            }
            Path su = root.resolve("tree/usr/bin/su");
            if (Files.exists(su)) {
                Files.setPosixFilePermissions(su, PosixFilePermissions.fromString("rwxr-xr-x"));
                Ran.of(Duration.ofSeconds(10), "chmod", "u+s", su.toString()).orFail();
            }
            Path tar = root.resolve("layer.tar");
            Ran.of(
                            Duration.ofSeconds(30),
                            "tar",
                            "--owner=0",
                            "--group=0",
                            "--mtime=@0",
                            "--sort=name",
                            "-C",
                            root.resolve("tree").toString(),
                            "-cf",
                            tar.toString(),
                            ".")
                    .orFail();
            return Files.readAllBytes(tar);
        } finally {
            Places.remove(root);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
