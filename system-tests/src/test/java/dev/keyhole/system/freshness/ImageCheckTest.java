package dev.keyhole.system.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.image.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a check says of bases and of images built on them. */
@ExtendWith(NoLeaks.class)
final class ImageCheckTest {
    private static @Nullable Registry shared;

    private final Check check = new Check(Places.fresh("check"));

    @BeforeAll
    static void start() {
        shared = Registry.open();
    }

    @AfterAll
    static void stop() {
        registry().close();
    }

    @BeforeEach
    void build() {
        // the first run may build the command, which is nobody's deadline
        assertThat(check.image("--help").exit()).isZero();
    }

    @AfterEach
    void clean() {
        Places.remove(check.place());
    }

    @Test
    void aFreshBaseHasNothingDueAndItsLayersAreFetchedOnce() {
        TinyImage.withJupyter("2.20.0").push(host(), "team/fresh", "1.0.0");

        Ran first = check.image("check", "--arch", "amd64", host() + "/team/fresh:1.0.0");

        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(first.stdout())
                .contains(
                        "jupyter_server 2.20.0 on Python 3.11",
                        "Debian GNU/Linux 12",
                        "Nothing is due");
        assertThat(first.stderr()).contains("Downloading layer");
        assertThat(first.stdout()).contains("neither trivy nor grype").contains("usr/bin/su");

        Ran again = check.image("check", "--arch", "amd64", "--json", host() + "/team/fresh:1.0.0");

        assertThat(again.exit()).isZero();
        assertThat(again.stderr()).doesNotContain("Downloading");
        assertThat(again.stdout())
                .contains(
                        "\"due\":false", "\"privileged\":[\"usr/bin/su\"]", "\"python\":\"3.11\"");
    }

    @Test
    void anImageWhoseBaseMovedOnIsDue() {
        String old = TinyImage.withJupyter("2.20.0").push(host(), "team/base", "2.9.0-jupyter");
        TinyImage.withJupyter("2.20.0")
                .label("org.opencontainers.image.base.name", host() + "/team/base:2.9.0-jupyter")
                .label("org.opencontainers.image.base.digest", old)
                .label("dev.keyhole.version", "0.0.1")
                .label("dev.keyhole.jupyter", "jupyter_server 2.20.0")
                .label("dev.keyhole.python", "3.11")
                .push(host(), "team/built", "1");

        Ran before = check.image("check", "--arch", "amd64", "--quick", host() + "/team/built:1");
        assertThat(before.exit()).as(before.toString()).isZero();
        assertThat(before.stdout()).contains("unchanged", "keyhole 0.0.1");

        TinyImage.withJupyter("2.20.1").push(host(), "team/base", "2.9.0-jupyter");
        TinyImage.withJupyter("2.20.1").push(host(), "team/base", "2.9.3-jupyter");
        TinyImage.withJupyter("2.20.1").push(host(), "team/base", "2.15.0-jupyter");

        Ran after =
                check.image(
                        "check", "--arch", "amd64", "--quick", "--json", host() + "/team/built:1");
        assertThat(after.exit()).as(after.toString()).isEqualTo(7);
        assertThat(after.stdout())
                .contains(
                        "\"moved\":true",
                        "\"pinned\":\"" + old + "\"",
                        "\"newerTag\":\"2.9.3-jupyter\"",
                        "\"newestLine\":\"2.15.0-jupyter\"",
                        "\"kind\":\"DIGEST_MOVED\"");
    }

    @Test
    void ofAnIndexTheImageForTheArchitectureIsTaken() {
        String amd = TinyImage.withJupyter("2.20.0").push(host(), "team/many", "amd");
        String arm =
                TinyImage.withJupyter("2.20.1")
                        .architecture("arm64")
                        .push(host(), "team/many", "arm");
        String index =
                TinyImage.pushIndex(host(), "team/many", "1", Map.of("amd64", amd, "arm64", arm));

        Ran ran = check.image("check", "--arch", "arm64", "--json", host() + "/team/many:1");
        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.stdout()).contains("\"digest\":\"" + arm + "\"", "jupyter_server 2.20.1");
        // pinned by the index or by the image: neither has moved
        for (String pinned : List.of(index, amd)) {
            Ran quick =
                    check.image(
                            "check",
                            "--arch",
                            "amd64",
                            "--quick",
                            "--json",
                            host() + "/team/many:1@" + pinned);
            assertThat(quick.stdout()).contains("\"moved\":false", "\"pinned\":\"" + pinned);
        }
        Ran none = check.image("check", "--arch", "s390x", host() + "/team/many:1");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.stderr()).contains("BASE_ARCHITECTURE", "s390x");
    }

    @Test
    void anOldJupyterAndAnEndedLineAreDue() throws IOException {
        TinyImage.withJupyter("2.14.2").push(host(), "team/old", "1");
        Path ends = Files.writeString(check.place().resolve("ends"), "debian 12 2026-01-01\n");

        Ran ran =
                check.image(
                        "check",
                        "--arch",
                        "amd64",
                        "--eol",
                        ends.toString(),
                        host() + "/team/old:1");

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(7);
        assertThat(ran.stdout())
                .contains("Debian 12 has had no fixes", "older than jupyter_server 2.20");
    }

    @Test
    void aScannerOnThePathIsAskedForKnownVulnerabilities() throws IOException {
        TinyImage.withJupyter("2.20.0").push(host(), "team/scanned", "1");
        Path tools = Files.createDirectory(check.place().resolve("tools"));
        Path trivy =
                Files.writeString(
                        tools.resolve("trivy"),
                        """
                        #!/bin/sh
                        echo '{"Results":[{"Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","PkgName":"x","InstalledVersion":"1","FixedVersion":"2","Severity":"CRITICAL"}]}]}'
                        """);
        assertThat(trivy.toFile().setExecutable(true)).isTrue();

        Ran ran =
                check.with("PATH", tools + ":/usr/bin:/bin")
                        .image("check", "--arch", "amd64", host() + "/team/scanned:1");

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(7);
        assertThat(ran.stdout()).contains("trivy knows 1 critical and 0 high");
    }

    @Test
    void whatIsNotThereOrForAnotherMachineIsAClearNo() {
        TinyImage.withJupyter("2.20.0").architecture("arm64").push(host(), "team/arm", "1");
        new TinyImage().file("bin/busybox", "x").push(host(), "team/tiny", "1");

        assertNo(1, "IMAGE_UNKNOWN", host() + "/team/none:1");
        assertNo(1, "BASE_ARCHITECTURE", host() + "/team/arm:1");
        assertNo(1, "IMAGE_UNKNOWN", host() + "/team/arm:other");
        assertNo(2, "IMAGE_REFERENCE_INVALID", "Not A Reference");
        Ran tiny = check.image("check", "--arch", "amd64", host() + "/team/tiny:1");
        assertThat(tiny.exit()).isEqualTo(7);
        assertThat(tiny.stdout()).contains("no Jupyter");
    }

    @Test
    void aRegistryThatAsksForALoginGetsTheOneOfTheDockerConfig() throws IOException {
        try (Registry closed = Registry.withLogins()) {
            String image = closed.host() + "/team/private:1";
            TinyImage.withJupyter("2.20.0")
                    .push(
                            closed.host(),
                            "team/private",
                            "1",
                            Registry.USER + ":" + Registry.PASSWORD);

            assertNo(3, "REGISTRY_REFUSED", image);
            logIn(closed, "wrong");
            assertNo(3, "docker login " + closed.host(), image);
            logIn(closed, Registry.PASSWORD);
            Ran right = check.image("check", "--arch", "amd64", image);
            assertThat(right.exit()).as(right.toString()).isZero();

            Path tools = helper();
            Files.writeString(
                    check.place().resolve("docker/config.json"),
                    "{\"credHelpers\":{\"" + closed.host() + "\":\"keyhole-test\"}}");
            Ran helped =
                    check.with("PATH", tools + ":/usr/bin:/bin")
                            .image("check", "--arch", "amd64", image);
            assertThat(helped.exit()).as(helped.toString()).isZero();
        }
    }

    /** A credential helper as docker runs one: the registry on standard input, a login as JSON on standard output. */
    private Path helper() throws IOException {
        Path tools = Files.createDirectory(check.place().resolve("tools"));
        Path helper =
                Files.writeString(
                        tools.resolve("docker-credential-keyhole-test"),
                        "#!/bin/sh\ncat >/dev/null\necho '{\"ServerURL\":\"x\",\"Username\":\""
                                + Registry.USER
                                + "\",\"Secret\":\""
                                + Registry.PASSWORD
                                + "\"}'\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        return tools;
    }

    private void assertNo(int status, String word, String image) {
        Ran ran = check.image("check", "--arch", "amd64", image);
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(status);
        assertThat(ran.stderr()).contains(word).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private void logIn(Registry registry, String password) throws IOException {
        String auth =
                Base64.getEncoder()
                        .encodeToString(
                                (Registry.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(check.place().resolve("docker"));
        Files.writeString(
                check.place().resolve("docker/config.json"),
                "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    private static Registry registry() {
        return Objects.requireNonNull(shared);
    }

    private static String host() {
        return registry().host();
    }
}
